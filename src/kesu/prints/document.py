"""A document as plain data, in one language: what its pages say of themselves, and the blocks that stand on them in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kesu.reading.text import Lang


@dataclass(frozen=True, slots=True)
class Value:
    """A text on paper. `was` stood there before and is struck through; a `draft` is marked, a `struck` one counts no more."""

    text: str
    was: str = ""
    draft: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """Begins a part. Those of level 1 are listed in the index."""

    text: str
    level: int = 1
    kind: Literal["heading"] = field(default="heading", init=False)


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Running text, a paragraph a line; `small` as what explains is.

    In a `letter` the first paragraph, whom it is to, stands at the edge, and the others are indented as Chinese ones are.
    """

    text: str
    letter: bool = False
    small: bool = False
    kind: Literal["paragraphs"] = field(default="paragraphs", init=False)


@dataclass(frozen=True, slots=True)
class Facts:
    """Titles with their values, a pair a row."""

    rows: tuple[tuple[str, Value], ...]
    kind: Literal["facts"] = field(default="facts", init=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head is repeated on each page. `widths` are shares; rows that stay `whole` are cut by no page."""

    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    widths: tuple[float, ...]
    whole: bool = False
    kind: Literal["table"] = field(default="table", init=False)


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of what happened. `remarks` are short marks (on paper, let pass); `noted` where it was written down later."""

    number: str
    when: str
    noted: str
    title: str
    by: str
    remarks: tuple[str, ...]
    facts: tuple[tuple[str, Value], ...]
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Events:
    """What happened, in its order."""

    rows: tuple[Event, ...]
    kind: Literal["events"] = field(default="events", init=False)


@dataclass(frozen=True, slots=True)
class Signatures:
    """A line to sign and one for the date for each of `titles`; with `seal`, free room for one, in which nothing is ever drawn.

    `code` is an SVG that stands beside, “” for none, and `caption` what stands under it.
    """

    titles: tuple[str, ...]
    date: str
    seal: str = ""
    code: str = ""
    caption: str = ""
    kind: Literal["signatures"] = field(default="signatures", init=False)


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of a letter: who sends it and when, at the right, with room for the seal over both."""

    name: str
    date: str
    kind: Literal["closing"] = field(default="closing", init=False)


@dataclass(frozen=True, slots=True)
class Index:
    """The index: every heading of level 1 with its page; what follows begins on a new one."""

    title: str
    kind: Literal["index"] = field(default="index", init=False)


Block = Heading | Paragraphs | Facts | Table | Events | Signatures | Closing | Index


@dataclass(frozen=True, slots=True)
class Document:
    """A4. `above` and `below` stand small on each page, left and right of each other; pages count themselves.

    `title` stands large over the first page, `under_title` below it. `watermark` stands across every page. `bound`: room for the binding at the left.
    """

    lang: Lang
    house: str
    title: str
    under_title: tuple[str, ...]
    above: tuple[str, str]
    below: str
    blocks: tuple[Block, ...]
    watermark: str = ""
    landscape: bool = False
    bound: bool = False
    cover: bool = False
