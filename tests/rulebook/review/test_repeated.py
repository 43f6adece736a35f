"""Judging an order of steps once for all cases that took it gives what judging each case gives."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rulebook.small import from_text

from kesu.procedure.history.act import Act
from kesu.review.cases import LoggedCase
from kesu.review.engine import Course
from kesu.review.judging import Bench, judge_case
from kesu.review.report import CaseFinding
from kesu.worktime.china import china_calendar

HEAD = """
procedure: orders
title: {zh: 次序, en: Orders}
edition: "1"
kind: complaint
ends: [closed]
posts: {clerk: {title: {zh: 文员, en: Clerk}}}
steps: {received: {outside: "yes"}, accepted: {}, replied: {}, named: {}, note: {}, struck: {}, closed: {}}
rules:
"""
ORDER = """
  - {rule: begins, first: received}
  - {rule: accepted first, at: [replied, closed], after: accepted}
  - {rule: one of two, at: closed, after: {any of: [accepted, note]}}
  - {rule: closed once, at: closed, at most: 1}
  - {rule: replied before the end, before: the end, must have: replied}
  - {rule: noted then replied, after each: note, must follow: replied}
"""
TIME = """
  - {rule: in time, within: 3 calendar days, from: received, to: replied}
  - {rule: by the clerk, at: closed, by: clerk}
"""
APART = """
  - {rule: not both, keep apart: [named], from: closed}
"""
PROCEDURE = from_text(HEAD + ORDER + TIME)
PROCEDURES = {
    "order and time": PROCEDURE,
    "order alone": from_text(HEAD + ORDER),
    "where persons decide whether an act counts": from_text(HEAD + ORDER + APART),
}
START = datetime(2025, 3, 3, 9, tzinfo=UTC)
STEPS = st.lists(
    st.sampled_from(["received", "accepted", "replied", "note", "closed", "struck"]), min_size=1, max_size=7
)


def case(number: int, steps: list[str], hours: int) -> LoggedCase:
    acts = [
        Act(place, step, at, at, by="wu", post="clerk", facts={"entry": "1"} if step == "struck" else {})
        for place, step in enumerate(steps, start=1)
        for at in [START + timedelta(hours=hours * place)]
    ]
    return LoggedCase(str(number), acts)


def with_orders(log: list[LoggedCase]) -> list[LoggedCase]:
    """As a log knows them whose cases came in order: those that took the same steps bear the same number; one is not known."""
    numbers: dict[tuple[str, ...], int] = {}
    orders = [numbers.setdefault(tuple(act.step for act in one.acts), len(numbers)) for one in log]
    return [one._replace(order=order) for one, order in zip(log, orders, strict=True)]


def listed(findings: Iterable[CaseFinding]) -> list[tuple[str, str, str, datetime]]:
    return sorted((one.case, one.rule, one.verdict.value, one.at) for one in findings)


@pytest.mark.parametrize("procedure", PROCEDURES)
@settings(deadline=None)  # how busy the machine is says nothing of the verdict
@given(cases=st.lists(st.tuples(STEPS, st.integers(0, 60)), min_size=1, max_size=12), complete=st.booleans())
def test_what_is_judged_once_is_what_is_judged_each_time(
    procedure: str, cases: list[tuple[list[str], int]], complete: bool
) -> None:
    log = [case(number, steps, hours) for number, (steps, hours) in enumerate(cases)]
    bench = Bench(
        PROCEDURES[procedure], china_calendar(), START + timedelta(days=60), complete=complete, in_full=True
    )
    course = Course(bench, as_recorded=True, cut=False)
    for one in log:
        course.take(one)
    each = [
        (one.case, finding.rule, finding.verdict.value, finding.at)
        for one in log
        for finding in judge_case(one.acts, bench=bench).findings
    ]
    report = course.finished()
    assert listed(report.findings) == sorted(each)
    assert sum(report.counts.totals.as_dict().values()) == len(each)


@pytest.mark.parametrize("in_full", [True, False])
@settings(deadline=None)  # how busy the machine is says nothing of the verdict
@given(cases=st.lists(st.tuples(STEPS, st.integers(0, 60)), min_size=1, max_size=12), complete=st.booleans())
def test_a_whole_log_of_known_orders_gives_what_its_cases_give_one_by_one(
    in_full: bool, cases: list[tuple[list[str], int]], complete: bool
) -> None:
    log = with_orders([case(number, steps, hours) for number, (steps, hours) in enumerate(cases)])
    bench = Bench(
        PROCEDURES["order alone"],
        china_calendar(),
        START + timedelta(days=60),
        complete=complete,
        in_full=in_full,
    )
    told: list[CaseFinding] = []
    by_one, at_once = (
        Course(bench, as_recorded=True, cut=False),
        Course(bench, as_recorded=True, cut=False, tell=told.append),
    )
    for one in log:
        by_one.take(one)
    at_once.take_all(log)
    single, whole = by_one.finished(), at_once.finished()
    assert (listed(single.findings), whole.findings) == (listed(told), [])
    assert single.counts == whole.counts
    assert (single.cases, single.events, single.listed) == (whole.cases, whole.events, whole.listed)
