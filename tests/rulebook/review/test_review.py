"""A review judges each case by the rules of the procedure and counts what it finds; it decides nothing of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests.rulebook.review.small import MAPPING

from kesu.procedure.written.model import Procedure
from kesu.review.counts import month_named
from kesu.review.engine import review
from kesu.review.log import Log
from kesu.review.report import Report
from kesu.worktime.china import china_calendar

Opened = Callable[..., Log]
SHANGHAI = ZoneInfo("Asia/Shanghai")
HEAD = "number,what,when,who,grade\n"
LOG = (
    HEAD
    + """1,in,2025-01-24T16:00,wu,
1,ok,2025-01-24T17:00,wu,
1,answer,2025-01-27T17:59,wu,
1,end,2025-02-10T09:00,mr lu,ordinary
2,in,2025-01-24T16:00,wu,major
2,answer,2025-02-05T00:00,wu,
2,end,2025-02-10T09:30,wu,
3,in,2025-02-08T09:00,wu,
4,ok,2025-02-08T10:00,wu,
4,end,2025-02-08T11:00,mr lu,
"""
)


def judged(procedure: Procedure, log: Log, **more: object) -> Report:
    return review(procedure=procedure, calendar=china_calendar(), log=log, **more)  # type: ignore[arg-type]


def said(report: Report) -> list[tuple[str, str, str, str]]:
    """Each finding as (case, rule, verdict, local time)."""
    return [
        (one.case, one.rule, one.verdict.value, one.at.strftime("%m-%d %H:%M")) for one in report.findings
    ]


def numbers(counts: Iterable[tuple[object, object]]) -> dict[object, tuple[int, ...]]:
    return {key: tuple(count.as_dict().values()) for key, count in counts}  # type: ignore[attr-defined]


def test_a_whole_review(opened: Opened, procedure: Procedure) -> None:
    report = judged(procedure, opened(LOG))
    assert (report.cases, report.events, report.left_out) == (4, 10, 0)
    assert report.as_of == datetime(2025, 2, 10, 9, 30, tzinfo=SHANGHAI)
    assert said(report) == [
        ("2", "accepted before replied", "broken", "02-05 00:00"),
        ("2", "reply in time", "broken", "02-05 00:00"),
        ("2", "closed by the manager", "broken", "02-10 09:30"),
        ("2", "grade on record", "broken", "02-10 09:30"),
        ("3", "reply in time", "open", "02-10 09:30"),
        ("4", "received first", "broken", "02-08 10:00"),
        ("4", "grade on record", "cannot tell", "02-08 11:00"),
    ]
    assert numbers([("all", report.counts.totals)]) == {"all": (8, 5, 1, 1)}
    assert numbers(report.counts.by_rule.items()) == {
        "received first": (3, 1, 0, 0),
        "accepted before replied": (1, 1, 0, 0),
        "reply in time": (1, 1, 0, 1),
        "closed by the manager": (2, 1, 0, 0),
        "grade on record": (1, 1, 1, 0),
    }
    assert {
        month_named(month): count for month, count in numbers(report.counts.by_month.items()).items()
    } == {  # type: ignore[arg-type]
        "2025-01": (6, 4, 0, 0),
        "2025-02": (2, 1, 1, 1),
    }
    assert (report.counts.manners, report.backdated, report.clean) == ({"late": 1}, 0, False)
    assert (report.as_now_known, report.changed) == (report.counts, [])


def test_as_of_looks_at_things_as_they_stood_then(opened: Opened, procedure: Procedure) -> None:
    report = judged(procedure, opened(LOG), as_of=datetime(2025, 1, 28, tzinfo=SHANGHAI))
    assert (report.cases, report.events, report.left_out) == (2, 4, 6)
    assert said(report) == [("2", "reply in time", "broken", "01-28 00:00")]


def test_what_the_log_would_not_show_cannot_be_told(opened: Opened, procedure: Procedure) -> None:
    mapping = MAPPING + "shows: {steps: [received, replied, closed], facts: [], posts: 'no'}\n"
    mapping = mapping.replace("    as: {column: who, values: {mr lu: manager}, other: clerk}\n", "")
    report = judged(procedure, opened(LOG, mapping=mapping))
    assert numbers(report.counts.by_rule.items()) == {
        "received first": (3, 1, 0, 0),
        "accepted before replied": (1, 0, 1, 0),
        "reply in time": (1, 1, 0, 1),
        "closed by the manager": (0, 0, 3, 0),
        "grade on record": (1, 1, 1, 0),
    }


def test_all_lists_what_is_kept_too(opened: Opened, procedure: Procedure) -> None:
    report = judged(procedure, opened(LOG), kept_too=True)
    assert [(one.rule, one.verdict.value, one.place) for one in report.findings if one.case == "1"] == [
        ("received first", "kept", "line 2"),
        ("accepted before replied", "kept", "line 4"),
        ("reply in time", "kept", "line 2"),
        ("closed by the manager", "kept", "line 5"),
        ("grade on record", "kept", "line 5"),
    ]


def test_a_case_that_ends_with_the_log_is_judged_at_its_end(opened: Opened, procedure: Procedure) -> None:
    closing = from_closing(procedure)
    log = opened(HEAD + "1,in,2025-01-24T16:00,wu,\n1,ok,2025-01-25T16:00,wu,\n")
    assert [one.verdict.value for one in judged(closing, log).findings] == []
    log.complete = True
    report = judged(closing, log)
    assert [(one.rule, one.verdict.value, one.at.day) for one in report.findings] == [
        ("replied at last", "broken", 25)
    ]


def test_a_case_with_limits_that_ends_with_the_log_is_judged_at_its_end_too(
    opened: Opened, procedure: Procedure
) -> None:
    both = replace(procedure, rules=(*procedure.rules, *from_closing(procedure).rules))
    log = opened(HEAD + "1,in,2025-01-24T16:00,wu,\n1,ok,2025-01-25T16:00,wu,\n")
    log.complete = True
    assert said(judged(both, log, as_of=datetime(2025, 2, 10, tzinfo=SHANGHAI))) == [
        ("1", "replied at last", "broken", "01-25 16:00"),
        ("1", "reply in time", "broken", "02-10 00:00"),
    ]


def test_what_was_mended_up_to_a_moment_stands_in_both_columns_as_of_then(
    opened: Opened, procedure: Procedure
) -> None:
    later = "2,end,2025-03-10T09:00,mr lu,ordinary,,,,,\n"
    log = opened(MENDED + later, mapping=MENDING)
    report = judged(procedure, log, as_of=datetime(2025, 3, 4, 12, tzinfo=SHANGHAI))
    assert (report.cases, report.events, report.left_out) == (4, 10, 3)
    assert [
        (one.case, one.rule, one.recorded and one.recorded.value, one.as_now_known and one.as_now_known.value)
        for one in report.changed
    ] == [
        ("2", "accepted before replied", "broken", None),
        ("4", "grade on record", "broken", "kept"),
    ]


def from_closing(procedure: Procedure) -> Procedure:
    """The procedure with one rule about the end."""
    from kesu.procedure.shapes import END
    from kesu.procedure.shapes.must_have import MustHave
    from kesu.procedure.written.rule import Rule

    return replace(procedure, rules=(Rule("replied at last", (), MustHave((END,), ("replied",))),))


MENDED = (
    HEAD.replace("grade", "grade,noted,entry,word,value,why")
    + """1,in,2025-03-03T09:00,wu,,,,,,
1,ok,2025-03-03T10:00,wu,,,,,,
1,answer,2025-03-05T10:00,wu,,2025-03-07T10:00,,,,
2,in,2025-03-03T09:00,wu,,,,,,
2,answer,2025-03-04T10:00,wu,,,,,,
2,mend,2025-03-04T11:00,wu,,,2,,,typed in the wrong file
3,in,2025-03-03T09:00,wu,,,,,,
3,ok,2025-03-03T10:00,wu,,2025-03-06T10:00,,,,
3,answer,2025-03-04T10:00,wu,,,,,,
4,in,2025-03-03T09:00,wu,major,,,,,
4,end,2025-03-04T09:00,mr lu,,,,,,
4,right,2025-03-04T10:00,wu,,,1,grade,ordinary,misread
"""
)
MENDING = """
mapping: mended
times: {zone: Asia/Shanghai}
case: number
acts:
  - step: {column: what, values: {in: received, ok: accepted, answer: replied, end: closed, mend: struck, right: corrected}}
    at: when
    noted: noted
    by: who
    as: {column: who, values: {mr lu: manager}, other: clerk}
    facts: {grade: grade, entry: entry, word: word, value: value, reason: why}
"""


def test_two_columns_differ_where_something_was_mended_or_noted_late(
    opened: Opened, procedure: Procedure
) -> None:
    report = judged(procedure, opened(MENDED, mapping=MENDING))
    assert [
        (one.case, one.rule, one.recorded and one.recorded.value, one.as_now_known and one.as_now_known.value)
        for one in report.changed
    ] == [
        ("2", "accepted before replied", "broken", None),
        ("4", "grade on record", "broken", "kept"),
    ]
    assert report.backdated == 1
    assert numbers(report.counts.by_rule.items()) == {
        "received first": (4, 0, 0, 0),
        "accepted before replied": (2, 1, 0, 0),
        "reply in time": (3, 3, 0, 0),  # the fourth is late, and the file ended without it
        "closed by the manager": (1, 0, 0, 0),
        "grade on record": (0, 1, 0, 0),
    }
    assert numbers(report.as_now_known.by_rule.items()) == {
        "received first": (4, 0, 0, 0),
        "accepted before replied": (2, 0, 0, 0),
        "reply in time": (2, 3, 0, 0),
        "closed by the manager": (1, 0, 0, 0),
        "grade on record": (1, 0, 0, 0),
    }


def test_a_log_without_acts_is_no_log(procedure: Procedure) -> None:
    from kesu.procedure.history.act import EVERYTHING

    empty = Log("empty.csv", EVERYTHING, False)
    with pytest.raises(ValueError, match="no last instant"):
        judged(procedure, empty)
    assert (list(empty.cases()), len(empty), empty.as_recorded) == ([], 0, True)
    empty.close()


@pytest.mark.parametrize("kept_too", [False, True])
def test_findings_may_be_told_as_they_come_and_are_not_held_then(
    opened: Opened, procedure: Procedure, kept_too: bool
) -> None:
    log, told = opened(LOG), []
    listed = judged(procedure, log, kept_too=kept_too)
    report = judged(procedure, log, kept_too=kept_too, tell=told.append)
    assert told == listed.findings
    assert (report.findings, report.listed) == ([], len(told))
    assert listed.listed == len(told)
    assert report.counts == listed.counts
