"""In time or late, at the edge; and how late, in the unit of the span."""

import datetime as dt

import pytest
from tests.rulebook.worktime.times import at, counted, small

from kesu.worktime.due import Cutoff, HorizonError, Policy, Roll, delay, in_time
from kesu.worktime.span import Unit

CLOSE = Policy(cutoff=Cutoff.CLOSE)


@pytest.mark.parametrize(
    ("text", "policy", "last", "late"),
    [
        ("5 working days", None, "2025-02-07T23:59:59.999999", "2025-02-08T00:00"),
        ("5 working days", CLOSE, "2025-02-07T18:00", "2025-02-07T18:00:00.000001"),
        ("2 months", None, "2025-03-24T23:59:59.999999", "2025-03-25T00:00"),
        ("8 working hours", None, "2025-01-26T10:00", "2025-01-26T10:00:00.000001"),
        ("24 clock hours", None, "2025-01-25T10:00", "2025-01-25T10:00:00.000001"),
    ],
)
def test_the_last_moment_is_in_time_and_the_next_is_late(
    text: str, policy: Policy | None, last: str, late: str
) -> None:
    due = counted("2025-01-24T10:00", text, policy)
    assert [in_time(due=due, moment=at(moment)) for moment in (last, late)] == [True, False]
    assert delay(due=due, moment=at(last)) is None


def test_a_moment_elsewhere_is_compared_as_an_instant() -> None:
    due = counted("2025-01-24T10:00", "5 working days")
    assert in_time(due=due, moment=dt.datetime(2025, 2, 7, 15, 59, tzinfo=dt.UTC))
    assert not in_time(due=due, moment=dt.datetime(2025, 2, 7, 16, tzinfo=dt.UTC))


@pytest.mark.parametrize(
    ("text", "moment", "zh", "en"),
    [
        ("5 working days", "2025-02-11T09:00", "逾期3个工作日", "3 working days late"),
        ("5 working days", "2025-02-08T09:00", "逾期1个工作日", "1 working day late"),
        ("7 natural days", "2025-02-03T09:00", "逾期3个自然日", "3 natural days late"),
        ("7 calendar days", "2025-02-06T09:00", "逾期1个日历日", "1 calendar day late"),
        ("2 months", "2025-03-27T09:00", "逾期3个日历日", "3 calendar days late"),
        ("2 weeks", "2025-02-08T09:00", "逾期1个日历日", "1 calendar day late"),
        ("24 clock hours", "2025-01-26T11:30", "逾期25小时30分钟", "25 h 30 min late"),
        ("24 clock hours", "2025-01-26T11:30:24", "逾期25小时30分钟", "25 h 30 min late"),
        ("24 clock hours", "2025-01-25T10:59:24", "逾期59分钟24秒", "59 min 24 s late"),
        ("8 working hours", "2025-01-26T14:00", "逾期3小时（上班时间）", "3 h of working time late"),
        ("24 clock hours", "2025-01-25T10:00:00.5", "逾期不足1秒", "less than 1 second late"),
    ],
)
def test_a_delay_is_said_in_the_unit_of_the_span(text: str, moment: str, zh: str, en: str) -> None:
    late = delay(due=counted("2025-01-24T10:00", text), moment=at(moment))
    assert late is not None
    assert (late.label("zh"), late.label("en")) == (zh, en)


def test_a_due_date_is_what_it_was_counted_from() -> None:
    first, again, other = (
        counted("2026-03-02T09:30", text) for text in ("1 working day", "1 working day", "2 weeks")
    )
    assert (first == again, hash(first) == hash(again), first == other) == (True, True, False)
    assert repr(first) == (
        "Due(2026-03-03, 2026-03-04T00:00:00+08:00, 1 working day from 2026-03-02T09:30:00+08:00)"
    )


def test_working_time_is_counted_by_another_calendar_from_its_first_opening_on() -> None:
    due = counted("2026-01-05T09:00", "2 working hours")
    elsewhere = small(week={}, openings=[{"date": "2026-03-08"}])
    found = delay(due=due, moment=at("2026-03-08T11:00"), calendar=elsewhere)
    assert found is not None
    assert (found.amount, found.unit) == (2 * 60 * 60 * 1_000_000, Unit.WORKING_HOURS)


def test_a_delay_up_to_a_year_that_nobody_counts_is_refused() -> None:
    with pytest.raises(HorizonError) as error:
        delay(due=counted("2026-03-02T09:30", "1 working day"), moment=at("2400-01-05T09:00"))
    assert error.value.in_("zh") == "2400年超出可计算的范围（1950年至2399年）；核对日期"


def test_late_on_a_rest_day_is_less_than_a_working_day() -> None:
    late = delay(due=counted("2026-03-02T10:00", "4 working days"), moment=at("2026-03-07T09:00"))
    assert late is not None
    assert (late.label("zh"), late.label("en")) == ("逾期不足1个工作日", "less than 1 working day late")


def test_late_after_closing_has_no_working_time_yet() -> None:
    late = delay(due=counted("2026-03-06T17:00", "1 working hour"), moment=at("2026-03-06T19:00"))
    assert late is not None
    assert (late.label("zh"), late.label("en")) == (
        "逾期，其后尚无上班时间",
        "late, with no working time since",
    )


def test_late_on_the_last_day_itself_is_less_than_a_day() -> None:
    due = counted("2026-03-02T10:00", "4 natural days", Policy(roll=Roll.NONE, cutoff=Cutoff.CLOSE))
    late = delay(due=due, moment=at("2026-03-06T19:00"), calendar=due.calendar)
    assert late is not None
    assert late.label("en") == "less than 1 natural day late"
