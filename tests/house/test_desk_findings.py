"""docs/reference/desk-findings.md has a line for all that was asked of the desk, with tests and pages that are there."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from tests.claimed import ROOT, is_test

from kesu.desk.urls import urlpatterns as of_the_desk
from kesu.portal.urls import urlpatterns as of_the_portal

PAGE = ROOT / "docs" / "reference" / "desk-findings.md"
TEXT = PAGE.read_text(encoding="utf-8")
HOW_MANY = {"S": 57, "C": 19, "O": 30, "E": 9, "P": 28, "W": 17, "M": 21, "D": 52}  # of each part
PAGES = {one.name for one in (*of_the_desk, *of_the_portal)}


def _lines() -> list[list[str]]:
    rows = [line.strip("|").split("|") for line in TEXT.splitlines() if line[:2] == "| "]
    return [[cell.strip() for cell in row] for row in rows if re.fullmatch(r" [A-Z]\d+ ", row[0])]


LINES = _lines()


def test_every_line_stands_there_once_in_its_order() -> None:
    assert [line[0] for line in LINES] == [
        f"{part}{number}" for part, many in HOW_MANY.items() for number in range(1, many + 1)
    ]


def test_the_sums_are_those_of_the_lines() -> None:
    count = Counter(line[2] for line in LINES)
    sums = f"there {count['there']}, partly {count['partly']}, missing {count['missing']}"
    assert f"Of the {len(LINES)} lines: **{sums}**." in TEXT
    assert count.total() == count["there"] + count["partly"] + count["missing"]


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_it_names_what_shows_it_or_says_what_lacks(line: list[str]) -> None:
    _, asked, state, shown = line
    tests = re.findall(r"`(tests/[^`]+)`", shown)
    pages = re.findall(r"page `([^`]+)`", shown)
    assert [name for name in tests if not is_test(name)] == []
    assert [name for name in pages if name not in PAGES] == []
    assert asked
    if state == "there":
        assert tests or pages
    else:
        assert len(re.sub(r"`[^`]*`|[(),]", "", shown).strip()) > 10 or re.match(r"(as|see) [A-Z]\d+", shown)
