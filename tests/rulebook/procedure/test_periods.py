"""Periods of the calendar: where each begins, how it is called, by when something is due in it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rulebook.small import ZONE

from kesu.procedure.history.periods import Period, period_of
from kesu.procedure.shapes.timed import Limit, Timed
from kesu.worktime.china import china_calendar
from kesu.worktime.due import Roll

KINDS = (
    "day",
    "week",
    "week, Monday",
    "week, Sunday",
    "month",
    "month, first working day",
    "quarter",
    "quarter, first working day",
    "at least 4 a year",
)


def period(text: str) -> Period:
    found = period_of(text)
    assert found is not None
    return found


def due(text: str, first: str, roll: Roll = Roll.NONE) -> str:
    """The last day for it in the period that begins on `first`, by China's calendar."""
    kind = period(text)
    timed = Timed((), (), Limit(None), period=Period(kind.unit, kind.on, kind.times, roll))
    start = datetime.fromisoformat(first).replace(tzinfo=ZONE)
    found = timed.limit_at(start=start, calendar=china_calendar()).due(calendar=china_calendar(), start=start)
    assert found is not None
    return found.date.isoformat()


@pytest.mark.parametrize(
    ("text", "first", "last", "label"),
    [
        ("day", "2026-03-04", "2026-03-04", "2026-03-04"),
        ("week", "2026-03-02", "2026-03-08", "2026-W10"),
        ("week, Monday", "2026-03-02", "2026-03-08", "2026-W10"),
        ("week, Friday", "2026-02-27", "2026-03-05", "2026-02-27"),
        ("month", "2026-03-01", "2026-03-31", "2026-03"),
        ("quarter", "2026-01-01", "2026-03-31", "2026-Q1"),
        ("at least 4 a year", "2026-01-01", "2026-12-31", "2026"),
    ],
)
def test_where_the_period_of_a_wednesday_begins_and_ends(
    text: str, first: str, last: str, label: str
) -> None:
    day, kind = date(2026, 3, 4), period(text)
    assert (kind.first_of(day).isoformat(), kind.last_of(day).isoformat()) == (first, last)
    assert kind.label(day) == label


def test_a_week_of_the_turn_of_the_year_is_called_by_its_own_year() -> None:
    assert period("week").label(date(2027, 1, 2)) == "2026-W53"
    assert period("week").label(date(2024, 12, 31)) == "2025-W01"


@given(st.sampled_from(KINDS), st.dates(date(1999, 1, 1), date(2099, 12, 31)))
def test_periods_follow_each_other_without_gap_or_overlap(text: str, day: date) -> None:
    kind = period(text)
    first, after = kind.first_of(day), kind.after(day)
    assert first <= day < after
    assert kind.first_of(after) == after
    assert kind.first_of(after - timedelta(days=1)) == first
    assert kind.last_of(day) == after - timedelta(days=1)
    assert kind.label(first) == kind.label(day) != kind.label(after)


def test_by_when_it_is_due() -> None:
    assert due("day", "2026-03-07") == "2026-03-07"  # a Saturday
    assert due("week, Monday", "2026-03-02") == "2026-03-02"
    assert due("week", "2026-03-02") == "2026-03-08"
    assert due("month", "2026-02-01") == "2026-02-28"
    assert due("quarter", "2026-01-01") == "2026-03-31"
    assert due("at least 4 a year", "2026-01-01") == "2026-12-31"
    assert due("at least 4 a year", "2026-12-30") == "2026-12-31"  # from the day on which it began


@pytest.mark.parametrize("text", ["month", "quarter", "at least 1 a year"])
def test_a_whole_period_is_due_on_its_last_day_in_every_year(text: str) -> None:
    kind, day = period(text), date(2023, 1, 1)
    while day.year < 2029:
        assert due(text, day.isoformat()) == kind.last_of(day).isoformat()
        day = kind.after(day)


def test_the_first_working_day_is_found_behind_holidays_and_on_a_worked_saturday() -> None:
    assert due("month, first working day", "2026-10-01") == "2026-10-08"
    assert due("month, first working day", "2025-02-01") == "2025-02-05"
    assert due("month, first working day", "2026-03-01") == "2026-03-02"
    assert due("quarter, first working day", "2026-01-01") == "2026-01-04"  # a Sunday that is worked


def test_a_monday_off_stays_or_moves_as_the_rule_says() -> None:
    assert due("week, Monday", "2026-10-05") == "2026-10-05"
    assert due("week, Monday", "2026-10-05", Roll.FORWARD) == "2026-10-08"
    assert due("week, Monday", "2026-03-02", Roll.FORWARD) == "2026-03-02"
    assert due("day", "2026-03-07", Roll.FORWARD) == "2026-03-09"


def test_nothing_else_is_a_period() -> None:
    others = "·1 week·week,Monday·week, monday·day, Monday·month, Monday·year·weekly·at least 0 a year·at least 367 a year"
    assert [period_of(text) for text in others.split("·")] == [None] * 10
