"""Procedures that open each other in a circle: such a library is refused (semantics 4.7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kesu.reading.strict import Block, Scalar
from kesu.reading.text import Text

from ..shapes import signs_of
from ..shapes.abilities import OpensFiles
from .fault import Fault
from .library import Library
from .pile import rules_of


@dataclass(frozen=True, slots=True)
class Link:
    """One rule of a procedure that opens files: the rule, what it opens, and whether the end waits for that."""

    rule: str
    procedure: str
    waits: bool
    origin: str
    line: int


def circles(library: Library, name: str) -> list[Fault]:
    """Every link of this procedure that closes a circle, by way of whatever the linked procedures open in turn."""
    links_of: dict[str, list[Link]] = {}
    return [
        Fault(link.origin, link.line, _said(name, link, way))
        for link in _links(library, name, links_of)
        if (way := _way_back(library, link, name, links_of)) is not None
    ]


def _links(library: Library, name: str, links_of: dict[str, list[Link]]) -> list[Link]:
    if name not in links_of:
        there = name in library.names()
        links_of[name] = (
            list(_read(library, name)) if there else []
        )  # one that is missing is a fault of its own
    return links_of[name]


def _read(library: Library, name: str) -> Iterator[Link]:
    rules = rules_of(library.layers(library.own(name)))
    for origin, node in ((origin, node) for origin, node in rules if isinstance(node, Block)):
        for opened in (node[sign] for sign in signs_of(OpensFiles) if sign in node):
            if isinstance(opened, Scalar):
                waits = str(node.get("holds", "until closed")) == "until closed"
                yield Link(str(node["rule"]), str(opened), waits, origin, node.line)


def _way_back(
    library: Library, first: Link, goal: str, links_of: dict[str, list[Link]]
) -> tuple[Link, ...] | None:
    """The shortest chain of links that begins with `first` and ends at `goal`."""
    ways: list[tuple[Link, ...]] = [(first,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        if way[-1].procedure == goal:
            return way
        if way[-1].procedure not in seen:
            seen.add(way[-1].procedure)
            ways += [(*way, link) for link in _links(library, way[-1].procedure, links_of)]
    return None


def _said(name: str, link: Link, way: tuple[Link, ...]) -> Text:
    chain = " → ".join((name, *(one.procedure for one in way)))
    if all(one.waits for one in way):
        return Text(
            f"规则“{link.rule}”使案卷互相等待办结，谁也办结不了：{chain}；请去掉其中一处",
            f"by the rule “{link.rule}” files wait for each other's end, so that none can end: {chain}; take one link out",
        )
    return Text(
        f"规则“{link.rule}”使开立案卷成了循环：{chain}；请去掉其中一处",
        f"the rule “{link.rule}” closes a circle of files that open each other: {chain}; take one link out",
    )
