"""Roll, cut-off, deemed receipt, first day: the choices that papers make differently."""

import datetime as dt

from tests.rulebook.worktime.times import at, counted, small

from kesu.worktime.china import china_calendar
from kesu.worktime.due import Cutoff, Deemed, Policy, Roll, RollOn, due_range
from kesu.worktime.span import Span, SpanRange, Unit

FORWARD, BACKWARD, NONE = Policy(roll=Roll.FORWARD), Policy(roll=Roll.BACKWARD), Policy()


def date(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_calendar_days_weeks_months_and_years_roll_forward_by_default_and_nothing_else_rolls() -> None:
    forward = {Unit.CALENDAR_DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS}
    assert {unit: Policy.default_for(unit) for unit in Unit} == {
        unit: FORWARD if unit in forward else NONE for unit in Unit
    }


def test_a_last_day_on_a_make_up_saturday_stays() -> None:
    assert counted("2026-02-07T10:00", "7 calendar days").date == date("2026-02-14")


def test_a_last_day_rolls_backward_to_the_day_worked_before() -> None:
    found = counted("2026-09-20T10:00", "7 calendar days", BACKWARD)
    assert found.explain("en")[-3:] == [
        "Fri 25 Sep to Sun 27 Sep 2026: Mid-Autumn Festival holiday, counted all the same, days 5 to 7.",
        "Fri 25 Sep to Sun 27 Sep 2026: Mid-Autumn Festival holiday, the last day moves back.",
        "Due: Thu 24 Sep 2026 24:00.",
    ]


def test_rolling_backward_stops_at_the_first_counted_day() -> None:
    found = counted("2026-10-02T10:00", "1 calendar day", BACKWARD)
    assert found.explain("zh") == [
        "自2026年10月2日（周五）起算，当日不计入。",
        "2026年10月3日（周六）：国庆节假期，照计，第1天。",
        "最后一日2026年10月3日（周六）：国庆节假期，再提前即早于起算的第一天，不提前。",
        "到期：2026年10月3日（周六）24:00。",
    ]


def test_on_festival_days_only_an_ordinary_weekend_does_not_roll() -> None:
    festivals = Policy(roll=Roll.FORWARD, roll_on=RollOn.FESTIVAL_DAYS)
    assert counted("2026-03-01T10:00", "6 calendar days", festivals).date == date("2026-03-07")
    assert counted("2026-03-01T10:00", "6 calendar days", FORWARD).date == date("2026-03-09")


def test_on_festival_days_only_a_last_day_rolls_to_the_day_off_after_the_festival() -> None:
    """1 to 3 October 2026 are the festival; 4 to 7 October are days off around it."""
    festivals = Policy(roll=Roll.FORWARD, roll_on=RollOn.FESTIVAL_DAYS)
    assert counted("2026-09-24T10:00", "7 calendar days", festivals).date == date("2026-10-04")


def test_a_closure_of_ones_own_does_not_lengthen_a_limit() -> None:
    shut = small(closures=[{"from": "2026-03-09", "to": "2026-03-11", "name": "检修", "name_en": "overhaul"}])
    found = counted("2026-03-01T10:00", "8 calendar days", calendar=shut)
    assert found.explain("en")[-2:] == [
        "Last day Mon 9 Mar 2026: closed (overhaul), does not move on.",
        "Due: Mon 9 Mar 2026 24:00.",
    ]
    assert counted("2026-03-01T10:00", "7 calendar days", calendar=shut).date == date("2026-03-09")
    assert counted("2026-03-06T10:00", "1 working day", calendar=shut).date == date("2026-03-12")


def test_a_day_that_ends_at_closing_ends_with_its_last_shift() -> None:
    close = Policy(cutoff=Cutoff.CLOSE)
    found = counted("2025-01-24T10:00", "5 working days", close)
    assert (found.date, found.at, found.explain("en")[-1]) == (
        date("2025-02-07"),
        at("2025-02-07T18:00"),
        "Due: Fri 7 Feb 2025 18:00.",
    )


def test_a_day_without_shifts_ends_at_midnight_although_others_end_at_closing() -> None:
    close = Policy(cutoff=Cutoff.CLOSE)
    assert counted("2025-09-26T10:00", "7 natural days", close).at == at("2025-10-04T00:00")


def test_receipt_on_a_working_day_is_never_deemed_later() -> None:
    deemed = Policy(deemed=Deemed.NEXT)
    assert counted("2025-01-24T23:00", "5 working days", deemed).date == date("2025-02-07")


def test_hours_deemed_received_later_run_from_the_opening() -> None:
    deemed = Policy(deemed=Deemed.NEXT)
    assert counted("2025-10-01T09:30", "24 clock hours", deemed).at == at("2025-10-10T09:00")
    assert counted("2025-10-01T09:30", "2 working hours", deemed).at == at("2025-10-09T11:00")


def test_the_first_day_may_count() -> None:
    counts = Policy(first_day=True)
    found = {
        text: counted("2026-03-04T10:00", text, counts).date.isoformat()
        for text in ("3 working days", "3 natural days", "1 week", "1 month", "1 year")
    }
    assert found == {
        "3 working days": "2026-03-06",
        "3 natural days": "2026-03-06",
        "1 week": "2026-03-10",
        "1 month": "2026-04-03",
        "1 year": "2027-03-03",
    }


def test_a_rest_day_of_receipt_that_counts_is_no_working_day() -> None:
    assert counted("2026-03-07T10:00", "1 working day", Policy(first_day=True)).date == date("2026-03-09")


def test_months_of_which_the_first_day_counts_are_whole_months() -> None:
    counts = Policy(first_day=True)
    assert counted("2026-03-01T10:00", "1 month", counts).date == date("2026-03-31")
    assert counted("2026-01-31T10:00", "1 month", counts).date == date("2026-02-28")
    assert counted("2026-03-01T10:00", "1 month", counts).explain("zh") == [
        "自2026年3月1日（周日）起算，当日计入。",
        "满1个月的对应日的前一日2026年3月31日（周二）为最后一日。",
        "到期：2026年3月31日（周二）24:00。",
    ]


def test_clock_hours_that_roll_end_when_the_next_working_day_opens_or_the_one_before_closes() -> None:
    assert counted("2026-09-30T12:00", "48 clock hours", FORWARD).at == at("2026-10-08T09:00")
    assert counted("2026-09-29T12:00", "48 clock hours", BACKWARD).at == at("2026-09-30T18:00")
    assert counted("2026-09-30T12:00", "24 clock hours", BACKWARD).at == at("2026-10-01T12:00")


def test_working_time_never_rolls() -> None:
    for policy in (FORWARD, BACKWARD, NONE):
        assert counted("2025-01-24T10:00", "5 working days", policy).date == date("2025-02-07")
        assert counted("2026-02-13T16:00", "8 working hours", policy).at == at("2026-02-14T16:00")


def test_a_target_rolls_backward_where_its_limit_rolls_forward() -> None:
    span = Span.parse("5 to 12 calendar days")
    assert isinstance(span, SpanRange)
    found = due_range(calendar=china_calendar(), start=at("2026-09-21T10:00"), span=span)
    assert (found.target.date, found.limit.date) == (date("2026-09-24"), date("2026-10-08"))


def test_a_target_may_be_told_to_roll_otherwise() -> None:
    span = Span.parse("5 to 12 calendar days")
    assert isinstance(span, SpanRange)
    found = due_range(calendar=china_calendar(), start=at("2026-09-21T10:00"), span=span, target_policy=NONE)
    assert (found.target.date, found.limit.date) == (date("2026-09-26"), date("2026-10-08"))


def test_hours_of_a_range_do_not_roll() -> None:
    span = Span.parse("8 to 16 working hours")
    assert isinstance(span, SpanRange)
    found = due_range(calendar=china_calendar(), start=at("2026-02-13T16:00"), span=span)
    assert (found.target.at, found.limit.at) == (at("2026-02-14T16:00"), at("2026-02-24T16:00"))
