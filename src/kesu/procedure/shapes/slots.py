"""What can fill a place in a sentence, by kind. A shape gives names and figures; `saying` knows how each kind is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol, TypeAlias

from kesu.reading.text import Lang, Text
from kesu.worktime.due import Delay, Due

from ..history.verdict import Differences, Things
from ..when import When

Limits: TypeAlias = tuple[tuple[Decimal | None, tuple[str, ...]], ...]  # up to how much, by which posts


class Labelled(Protocol):
    """A span or a window, which say themselves how they are called."""

    def label(self, lang: Lang) -> str: ...


@dataclass(frozen=True, slots=True)
class Steps:
    """All of these steps, by their titles."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of these steps, by their titles."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """What a rule calls for, by the titles of the steps that answer it."""

    rule: str


@dataclass(frozen=True, slots=True)
class Line:
    """These steps one after the other, by their titles."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Posts:
    """One of these posts, by their titles."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllPosts:
    """All of these posts, by their titles."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a joint act, each by the titles of the posts of which any may give it."""

    parts: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Post:
    """The post somebody acted in, by its title; None: none."""

    name: str | None


@dataclass(frozen=True, slots=True)
class Facts:
    """All of these facts, by their titles."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """What has to be so: all of it, or with `either` any part of it."""

    when: When
    either: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a fact, by its title where it has one."""

    of: str
    value: str


@dataclass(frozen=True, slots=True)
class Values:
    """Some values of these facts, by their titles where they have one."""

    of: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Persons, units or files as they are called, all of them."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UpTo:
    """Who settles how much: in yuan, or as a ratio."""

    limits: Limits
    money: bool


@dataclass(frozen=True, slots=True)
class Sources:
    """Who stays out: those whom the words name, and whoever took these steps."""

    words: tuple[str, ...]
    doers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, to the minute."""

    at: datetime


@dataclass(frozen=True, slots=True)
class DueBy:
    """Until when: a day, or an instant where it is not the end of a day; None: no time is set."""

    due: Due | None


@dataclass(frozen=True, slots=True)
class LateBy:
    """By how much something was too late."""

    delay: Delay | None


@dataclass(frozen=True, slots=True)
class Length:
    """A span of time or a window; None: none is set, and nothing is said."""

    span: Labelled | None


@dataclass(frozen=True, slots=True)
class Linked:
    """A procedure whose files are linked to this one, by its title."""

    procedure: str


@dataclass(frozen=True, slots=True)
class Said:
    """A text in both languages."""

    text: Text


@dataclass(frozen=True, slots=True)
class Plain:
    """Something said alike in both languages: a number, a name that a rule gives."""

    text: str


Slot: TypeAlias = (
    Steps | AnyOf | Owed | Line | Posts | AllPosts | Parts | Post | Facts | Condition | Value | Values | Names | Things | UpTo | Sources
    | Moment | DueBy | LateBy | Length | Linked | Said | Plain | Differences
)  # fmt: skip
Slots: TypeAlias = Mapping[str, Slot]
