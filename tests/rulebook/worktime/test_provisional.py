"""Provisional: only when a day that is not settled decided the answer, and settled by the next schedule."""

import datetime as dt

import pytest
from tests.rulebook.worktime.times import at, counted, small

from kesu.worktime.calendar import Calendar
from kesu.worktime.china import china_calendar
from kesu.worktime.due import Cutoff, Deemed, Pause, Policy
from kesu.worktime.importing import lay_over, read_schedule

NOTICE = """date,kind,name,name_en
2027-01-01,festival,元旦,New Year's Day
2027-01-04,off,元旦,New Year's Day
2027-01-09,work,元旦,New Year's Day
"""


def china_with_2027(notice: str = NOTICE) -> Calendar:
    """The China calendar with an invented schedule for 2027 laid over it."""
    schedule = read_schedule(notice, source="2027.csv", form="csv")
    return lay_over(china_calendar(), schedule, source="2027.csv")


@pytest.mark.parametrize(
    ("start", "text", "provisional"),
    [
        ("2026-12-21T10:00", "5 working days", False),
        ("2026-12-22T10:00", "5 working days", True),
        ("2026-12-28T10:00", "5 working days", True),
        ("2026-12-28T17:00", "1 working hour", False),
        ("2026-12-28T17:00", "1.1 working hours", True),
        ("2026-12-28T10:00", "5 natural days", False),
        ("2026-12-28T10:00", "90 natural days", False),
        ("2026-12-28T10:00", "5 calendar days", True),
        ("2026-12-21T10:00", "7 calendar days", False),
        ("2026-12-28T10:00", "900 clock hours", False),
        ("2026-10-31T10:00", "2 months", True),
        ("2026-10-28T10:00", "2 months", False),
        ("2003-12-31T10:00", "1 working day", False),
        ("2003-12-30T10:00", "1 working day", True),
    ],
)
def test_a_due_date_is_provisional_only_when_an_unsettled_day_decided_it(
    start: str, text: str, provisional: bool
) -> None:
    assert counted(start, text).provisional is provisional


def test_months_without_a_roll_ask_no_calendar() -> None:
    assert not counted("2026-10-31T10:00", "20 months", Policy()).provisional


def test_a_closing_time_on_an_unsettled_day_makes_provisional() -> None:
    close = Policy(cutoff=Cutoff.CLOSE)
    assert counted("2026-12-28T10:00", "9 natural days", close).provisional
    assert not counted("2026-12-20T10:00", "8 natural days", close).provisional


def test_deemed_receipt_asks_whether_the_day_of_receipt_is_worked() -> None:
    deemed = Policy(deemed=Deemed.NEXT)
    assert counted("2027-01-06T10:00", "3 natural days", deemed).provisional
    assert not counted("2026-12-23T10:00", "3 natural days", deemed).provisional


def test_an_unsettled_day_on_which_the_clock_stood_still_decided_nothing() -> None:
    pause = Pause(at("2026-12-29T00:00"), at("2027-01-01T00:00"), "送检")
    calendar = small(settled_until="2026-12-28", known_until="2026-12-31", openings=[{"date": "2027-01-04"}])
    closed = [{"from": "2027-01-01", "to": "2027-01-03"}]
    assert not counted("2026-12-28T10:00", "1 natural day", calendar=calendar, pauses=[pause]).provisional
    known = small(
        settled_until="2026-12-28",
        known_until="2026-12-31",
        days=[{"date": f"2027-01-0{n}", "kind": "off"} for n in (1, 2, 3)],
        openings=[{"date": "2027-01-04"}],
        closures=closed,
    )
    assert not counted("2026-12-28T10:00", "1 working day", calendar=known, pauses=[pause]).provisional
    assert counted("2026-12-28T10:00", "1 working day", calendar=known).provisional


def test_a_day_that_the_organisation_settled_itself_is_known() -> None:
    shut = [{"from": "2027-01-01", "to": "2027-01-31"}]
    opened = [{"date": "2027-01-03", "shifts": ["09:00-10:00"]}]
    calendar = small(known_until="2026-12-31", closures=shut, openings=opened)
    found = counted("2026-12-31T17:00", "2 working hours", calendar=calendar)
    assert (found.at, found.why_provisional is None) == (at("2027-01-03T10:00"), False)
    days = [calendar.day(dt.date(2027, 1, n)).knowledge.value for n in (1, 2, 3)]
    assert days == ["known", "unknown", "known"]


def test_the_reason_says_from_when_on_nothing_is_known() -> None:
    assert counted("2026-12-28T10:00", "5 working days").explain("zh") == [
        "自2026年12月28日（周一）起算，当日不计入。",
        "2026年12月29日（周二）至12月31日（周四）：第1至第3个工作日。",
        "2027年1月1日（周五）：元旦假期，不计。",
        "2027年1月2日（周六）至1月3日（周日）：周末，不计（2天）。",
        "2027年1月4日（周一）至1月5日（周二）：第4至第5个工作日。",
        "暂定到期：2027年1月5日（周二）24:00。",
        "暂定：2027年1月1日（周五）起的放假安排尚未录入，暂按每周作息和固定节日推算，录入后重新计算。",
    ]


def test_the_reason_says_which_days_the_coming_schedule_may_alter() -> None:
    assert counted("2026-12-24T10:00", "3 working days").explain("en")[-2:] == [
        "Due, provisionally: Tue 29 Dec 2026 24:00.",
        (
            "Provisional: the coming year's schedule may still alter Tue 29 Dec to Thu 31 Dec 2026; "
            "counted anew then."
        ),
    ]


def test_the_reason_says_before_when_nothing_is_known() -> None:
    assert counted("2003-12-30T10:00", "1 working day").explain("en")[-1] == (
        "Provisional: the schedule before Thu 1 Jan 2004 is not known; the usual week was taken."
    )


def test_the_years_schedule_settles_the_date_and_may_move_it() -> None:
    before = counted("2026-12-28T10:00", "5 working days")
    after = counted("2026-12-28T10:00", "5 working days", calendar=china_with_2027())
    assert (before.date, before.provisional) == (dt.date(2027, 1, 5), True)
    assert (after.date, after.provisional) == (dt.date(2027, 1, 6), False)
    assert after.calendar.version == "china-2026+2027"
    assert (after.calendar.known_until, after.calendar.settled_until) == (
        dt.date(2027, 12, 31),
        dt.date(2027, 12, 28),
    )


def test_a_schedule_may_alter_the_december_before() -> None:
    altered = china_with_2027(NOTICE + "2026-12-31,off,元旦,New Year's Day\n")
    found = counted("2026-12-28T10:00", "5 working days", calendar=altered)
    assert (found.date, found.provisional) == (dt.date(2027, 1, 7), False)
