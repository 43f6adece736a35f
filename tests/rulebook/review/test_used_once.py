"""Over a whole log a value is used once: the case that was first has it, in whatever order the log lists the cases."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.rulebook.review.small import MAPPING, PROCEDURE
from tests.rulebook.small import from_text

from kesu.review.engine import review
from kesu.review.log import Log
from kesu.review.report import Report
from kesu.worktime.china import china_calendar

Opened = Callable[..., Log]
CLAIMS = from_text(
    PROCEDURE + "  - {rule: receipts used once, clause: [S-7], at: accepted, once: order number}\n"
)
USES = MAPPING.replace(
    "facts: {grade: grade}", "facts: {order number: receipt, entry: entry, word: word, value: value}"
)
USES = USES.replace("end: closed,", "end: closed, strike: struck, correct: corrected,")
HEAD = "number,what,when,who,receipt,entry,word,value\n"


def broken(opened: Opened, rows: str, *, in_memory: int = 200_000, as_of: str = "") -> list[tuple[str, str]]:
    """The cases that used a value another one had, with the line of the log."""
    log = opened(HEAD + rows, mapping=USES, in_memory=in_memory)
    report: Report = review(procedure=CLAIMS, calendar=china_calendar(), log=log)
    found = [one for one in report.findings if one.finding.rule == "receipts used once"]
    return [(one.case, one.place) for one in found]


@pytest.mark.parametrize("in_memory", [200_000, 0])
def test_the_first_case_keeps_it_and_every_later_one_breaks_the_rule(opened: Opened, in_memory: int) -> None:
    rows = (
        "9,ok,2025-03-05T09:00,ms wu,R-1,,,\n"
        "7,ok,2025-03-03T09:00,ms wu, ｒ-1,,,\n"
        "8,ok,2025-03-04T09:00,ms wu,R-1,,,\n"
        "8,ok,2025-03-04T10:00,ms wu,R-2,,,\n"
    )
    assert broken(opened, rows, in_memory=in_memory) == [("9", "line 2"), ("8", "line 4")]


def test_the_same_case_cannot_use_it_twice_either(opened: Opened) -> None:
    rows = "7,ok,2025-03-03T09:00,ms wu,R-1,,,\n7,ok,2025-03-03T10:00,ms wu,R-1,,,\n"
    assert broken(opened, rows) == [("7", "line 3")]


def test_what_was_struck_or_corrected_counts_for_nobody(opened: Opened) -> None:
    struck = (
        "7,ok,2025-03-03T09:00,ms wu,R-1,,,\n"
        "7,strike,2025-03-03T10:00,ms wu,,1,,\n"
        "8,ok,2025-03-04T09:00,ms wu,R-1,,,\n"
    )
    assert broken(opened, struck) == []
    corrected = (
        "7,ok,2025-03-03T09:00,ms wu,R-1,,,\n"
        "7,correct,2025-03-03T10:00,ms wu,,1,order number,R-2\n"
        "8,ok,2025-03-04T09:00,ms wu,R-1,,,\n"
        "9,ok,2025-03-04T09:00,ms wu,R-2,,,\n"
    )
    assert broken(opened, corrected) == [("9", "line 5")]
