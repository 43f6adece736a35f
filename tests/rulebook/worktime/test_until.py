"""Until when: midnight ends the day before it, an instant is in time itself, and what is past is late."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from tests.rulebook.worktime.times import SHANGHAI, at, counted

from kesu.worktime.until import Until, until


def test_midnight_ends_the_day_before_and_any_other_time_its_own_day() -> None:
    ends = ("2025-02-08T00:00", "2025-02-08T00:00:00.000001", "2025-02-07T23:59", "2025-02-07T17:00")
    assert [
        (end.day.isoformat(), end.whole_day) for end in (until(at(text), zone=SHANGHAI) for text in ends)
    ] == [
        ("2025-02-07", True),
        ("2025-02-08", False),
        ("2025-02-07", False),
        ("2025-02-07", False),
    ]


@pytest.mark.parametrize(
    ("text", "day", "whole_day"),
    [
        ("5 working days", "2025-02-07", True),
        ("2 months", "2025-03-24", True),
        ("8 working hours", "2025-01-26", False),
        ("24 clock hours", "2025-01-25", False),
        ("14 clock hours", "2025-01-24", True),  # ten in the morning and fourteen hours: midnight
    ],
)
def test_the_last_day_is_that_of_the_reckoning(text: str, day: str, whole_day: bool) -> None:
    due = counted("2025-01-24T10:00", text)
    end = until(due.at, zone=SHANGHAI)
    assert (end.day.isoformat(), end.whole_day) == (day, whole_day)


def test_midnight_elsewhere_is_a_time_of_the_day_here() -> None:
    tokyo = dt.datetime(2025, 2, 8, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert until(tokyo, zone=SHANGHAI) == Until(tokyo, dt.date(2025, 2, 7), whole_day=False)


@pytest.mark.parametrize(
    ("end", "now", "late"),
    [
        ("2025-02-08T00:00", "2025-02-07T23:59:59.999999", False),
        ("2025-02-08T00:00", "2025-02-08T00:00", True),
        ("2025-02-07T17:00", "2025-02-07T17:00", False),
        ("2025-02-07T17:00", "2025-02-07T17:00:00.000001", True),
    ],
)
def test_a_day_is_in_time_up_to_its_end_and_an_instant_with_it(end: str, now: str, late: bool) -> None:
    assert until(at(end), zone=SHANGHAI, now=at(now)).late is late


def test_what_is_known_to_be_late_stays_so_and_nobody_asks_without_a_moment() -> None:
    end = at("2025-02-07T17:00")
    assert until(end, zone=SHANGHAI, now=at("2025-01-01T09:00"), late=True).late
    assert not until(end, zone=SHANGHAI).late
    assert until(end, zone=SHANGHAI, provisional=True).provisional
