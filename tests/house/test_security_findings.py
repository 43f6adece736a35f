"""docs/reference/security-findings.md has a line for each finding, with what holds now and tests that are there."""

from __future__ import annotations

import re

import pytest
from tests.claimed import ROOT, is_test

PAGE = ROOT / "docs" / "reference" / "security-findings.md"
HOW_MANY = {"L": 11, "W": 8, "S": 2, "F": 5, "I": 3, "A": 12}  # of each kind


def _lines() -> list[list[str]]:
    rows = [
        line.strip("|").split("|")
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line[:2] == "| "
    ]
    return [[cell.strip() for cell in row] for row in rows if re.fullmatch(r" [A-Z]\d+ ", row[0])]


LINES = _lines()


def test_every_finding_stands_there_once_in_its_order() -> None:
    assert [line[0] for line in LINES] == [
        f"{kind}{number}" for kind, many in HOW_MANY.items() for number in range(1, many + 1)
    ]


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_it_says_what_was_possible_what_holds_now_and_which_test_shows_it(line: list[str]) -> None:
    _, then, now, tests = line
    named = re.findall(r"`([^`]+)`", tests)
    assert (bool(then), bool(now), bool(named)) == (True, True, True)
    assert [name for name in named if not is_test(name)] == []
    assert "".join(re.sub(r"`[^`]+`", "", tests).split(",")).strip() == ""
