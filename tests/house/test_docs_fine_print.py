"""Every “(semantics 3.11)” in code and tests leads to a point of the fine print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "semantics.md").read_text(encoding="utf-8")
POINT = re.compile(r'^<a id="s(\d+)-(\d+)"></a>\n\*\*(\d+)\.(\d+)\b', re.MULTILINE)
CITED = re.compile(r"\(semantics\s+(\d+\.\d+(?:(?:,|\s+and)\s+\d+\.\d+)*)")
FOLDERS = ("src", "tests", "bench")


def points() -> list[tuple[int, int]]:
    """The points of the fine print, in their order."""
    return [(int(part), int(number)) for part, number, *_ in POINT.findall(PAGE)]


def citations(text: str) -> Iterator[str]:
    """Each point that a text cites."""
    for listed in CITED.findall(text):
        yield from re.findall(r"\d+\.\d+", listed)


def _sources() -> Iterator[tuple[str, str]]:
    for path in (found for folder in FOLDERS for found in sorted((ROOT / folder).rglob("*.py"))):
        if path != Path(__file__):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def test_every_citation_leads_to_a_point_of_the_fine_print() -> None:
    there = {f"{part}.{number}" for part, number in points()}
    dead = [(name, one) for name, text in _sources() for one in citations(text) if one not in there]
    assert dead == []


def test_the_fine_print_is_cited_in_one_way_only() -> None:
    other = [
        (name, line.strip())
        for name, text in _sources()
        for line in text.splitlines()
        if "semantics" in line
        and not re.search(r"\(semantics(?:\s+\d+\.\d+|$)|semantics\.md|_fine_print|re\.compile", line)
    ]
    assert other == []


def test_the_points_are_numbered_without_a_gap_and_their_anchors_bear_their_numbers() -> None:
    assert all((part, number) == (said, again) for part, number, said, again in POINT.findall(PAGE))
    assert len(points()) == PAGE.count('<a id="s') - len({part for part, _ in points()})
    assert points()[0] == (1, 1)
    assert [
        (one, other)
        for one, other in pairwise(points())
        if other not in ((one[0], one[1] + 1), (one[0] + 1, 1))
    ] == []


def test_a_citation_of_several_points_is_read_as_each_of_them() -> None:
    assert list(citations("(semantics 2.2, 4.2) … (semantics 3.6 and 5.8) … (semantics 4.10: a tick)")) == [
        "2.2",
        "4.2",
        "3.6",
        "5.8",
        "4.10",
    ]
    assert list(citations("what came before it (semantics\n    5.1).")) == ["5.1"]
