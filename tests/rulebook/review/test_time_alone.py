"""A review makes in a foreign log the entries that the clock would have made: periods, promotions, and what they call for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.rulebook.review.small import MAPPING, PROCEDURE
from tests.rulebook.small import from_text

from kesu.review.engine import review
from kesu.review.log import open_log
from kesu.review.mapping_reading import read_mapping
from kesu.worktime.china import china_calendar

Written = Callable[[str, str | bytes], Path]
RULES = """\
  - {rule: weekly reply, clause: [S-7], every: "week, Monday", from: accepted, do: replied}
  - {rule: major by time, clause: [S-8], promote: {grade: major}, over: 5 natural days, from: received, until: closed}
  - {rule: a period before the end, clause: [S-9], at: closed, after: period began}
"""
TEXT = PROCEDURE.replace("  struck: {}\n", "  struck: {}\n  period began: {}\n  promoted: {}\n") + RULES
LOG = """\
number,what,when,who,grade
1,in,2025-03-05T09:00,wu,ordinary
1,ok,2025-03-05T10:00,wu,
1,answer,2025-03-10T17:00,wu,
1,end,2025-03-10T18:00,mr lu,
2,in,2025-03-05T09:00,wu,ordinary
2,ok,2025-03-05T10:00,wu,
2,answer,2025-03-18T09:00,wu,
2,end,2025-03-18T10:00,mr lu,
3,in,2025-03-05T09:00,wu,ordinary
3,ok,2025-03-05T10:00,wu,
3,end,2025-03-05T11:00,mr lu,
4,in,2025-03-05T09:00,wu,ordinary
4,ok,2025-03-05T10:00,wu,
"""


def found(written: Written, as_of: str) -> list[tuple[str, str, str, str]]:
    procedure = from_text(TEXT)
    log = open_log(
        written("log.csv", LOG), mapping=read_mapping(written("map.yaml", MAPPING), procedure=procedure)
    )
    moment = datetime.fromisoformat(as_of).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    report = review(procedure=procedure, calendar=china_calendar(), log=log, as_of=moment)
    mine = ("weekly reply", "major by time", "a period before the end", "grade on record")
    return [
        (one.case, one.rule, one.verdict.value, one.at.strftime("%m-%d %H:%M"))
        for one in report.findings
        if one.rule in mine and one.verdict != "open"
    ]


def test_periods_and_promotions_are_made_anew_in_every_case(written: Written) -> None:
    assert found(written, "2025-03-18 12:00") == [
        ("2", "weekly reply", "broken", "03-18 09:00"),  # the Monday of the 10th, the oldest that was owed
        ("2", "grade on record", "broken", "03-18 10:00"),  # major by then, by the clock alone
        ("2", "weekly reply", "broken", "03-18 10:00"),  # that of the 17th, late when the file ended
        ("2", "weekly reply", "broken", "03-18 10:00"),  # and the file ended without it
        ("3", "a period before the end", "cannot tell", "03-05 11:00"),  # no Monday came between
        ("4", "weekly reply", "broken", "03-18 12:00"),
        ("4", "weekly reply", "broken", "03-18 12:00"),
    ]


def test_as_of_an_earlier_moment_only_what_had_begun_by_then_counts(written: Written) -> None:
    assert found(written, "2025-03-11 00:00") == [
        ("2", "weekly reply", "broken", "03-11 00:00"),
        ("3", "a period before the end", "cannot tell", "03-05 11:00"),
        ("4", "weekly reply", "broken", "03-11 00:00"),
    ]
