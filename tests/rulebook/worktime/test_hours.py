"""Working hours at the edges: closing time, midnight, lunch, summer time, and calendars that run dry."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from tests.rulebook.worktime.times import at, counted, small, span

from kesu.worktime.china import china_calendar
from kesu.worktime.due import HorizonError, StartError, due


def test_a_span_that_ends_at_closing_is_due_at_closing() -> None:
    assert counted("2026-03-04T09:00", "8 working hours").at == at("2026-03-04T18:00")
    assert counted("2026-03-06T17:00", "1 working hour").at == at("2026-03-06T18:00")


def test_a_span_that_ends_at_lunch_is_due_when_lunch_begins() -> None:
    assert counted("2026-03-04T10:00", "2 working hours").at == at("2026-03-04T12:00")


def test_a_minute_more_than_a_day_ends_a_minute_into_the_next() -> None:
    assert counted("2026-03-06T09:00", "8.1 working hours").at == at("2026-03-09T09:06")


@pytest.mark.parametrize(
    "start", ["2026-03-06T18:00", "2026-03-07T12:00", "2026-03-09T00:00", "2026-03-09T09:00"]
)
def test_what_begins_outside_working_time_begins_with_the_next_shift(start: str) -> None:
    assert counted(start, "1 working hour").at == at("2026-03-09T10:00")


def test_what_begins_at_lunch_begins_after_it() -> None:
    assert counted("2026-03-04T12:30", "1 working hour").at == at("2026-03-04T14:00")


def test_seconds_are_kept() -> None:
    assert counted("2026-03-04T11:59:30", "0.5 working hours").at == at("2026-03-04T13:29:30")


def test_a_night_shift_of_two_parts_goes_on_over_midnight() -> None:
    night = small(shifts=["00:00-06:00", "22:00-24:00"])
    assert counted("2026-03-04T23:00", "3 working hours", calendar=night).at == at("2026-03-05T02:00")


def test_closing_at_24_00_belongs_to_the_day_that_closes() -> None:
    night = small(shifts=["22:00-24:00"])
    found = counted("2026-03-04T12:00", "2 working hours", calendar=night)
    assert (found.date, found.at) == (dt.date(2026, 3, 4), at("2026-03-05T00:00"))
    assert found.explain("en") == [
        "Runs from Wed 4 Mar 2026 12:00 in working time only.",
        "Wed 4 Mar 2026 22:00–24:00: 2 h, 2 h in all.",
        "Due: Wed 4 Mar 2026 24:00.",
    ]


def test_a_start_elsewhere_is_taken_in_the_zone_of_the_calendar() -> None:
    """17:00 in London on the 8th is the 9th in Shanghai already: the trap of cutting a date off a UTC time."""
    start = dt.datetime(2025, 10, 8, 17, tzinfo=dt.UTC)
    found = due(calendar=china_calendar(), start=start, span=span("1 working day"))
    assert (found.start, found.date) == (at("2025-10-09T01:00"), dt.date(2025, 10, 10))


def test_clock_hours_are_elapsed_hours_where_summer_time_begins() -> None:
    york = small(zone="America/New_York")
    start = dt.datetime(2026, 3, 7, 12, tzinfo=ZoneInfo("America/New_York"))
    found = due(calendar=york, start=start, span=span("24 clock hours"))
    assert found.at.isoformat() == "2026-03-08T13:00:00-04:00"
    assert found.explain("en")[2] == "Sun 8 Mar 2026 00:00–13:00: 12 h, 24 h in all."


def test_a_night_shift_is_an_hour_shorter_where_summer_time_begins() -> None:
    zone = ZoneInfo("America/New_York")
    york = small(zone="America/New_York", week={"sunday": ["00:00-06:00"], "monday": ["00:00-06:00"]})
    start = dt.datetime(2026, 3, 8, 0, tzinfo=zone)
    assert due(calendar=york, start=start, span=span("5 working hours")).at == dt.datetime(
        2026, 3, 8, 6, tzinfo=zone
    )


def test_a_day_whose_midnight_does_not_exist_begins_when_the_clock_has_changed() -> None:
    """Sao Paulo, 4 November 2018: 00:00 never came, the day began at 01:00."""
    paulo = small(zone="America/Sao_Paulo", known_from="2015-01-01")
    start = dt.datetime(2018, 11, 2, 12, tzinfo=ZoneInfo("America/Sao_Paulo"))
    found = due(calendar=paulo, start=start, span=span("1 natural day"))
    assert (found.date.isoformat(), found.at.isoformat()) == ("2018-11-03", "2018-11-04T01:00:00-02:00")


def test_a_calendar_that_runs_dry_says_so_and_does_not_search_for_ever() -> None:
    dry = small(week={}, openings=[{"date": "2026-03-08"}])
    assert counted("2026-03-04T09:00", "8 working hours", calendar=dry).at == at("2026-03-08T18:00")
    for text in ("8.1 working hours", "2 working days"):
        with pytest.raises(HorizonError) as error:
            counted("2026-03-04T09:00", text, calendar=dry)
        assert str(error.value) == (
            "the span does not run out by the end of 2126: too little working time; "
            "shorten the span, or give the calendar a working weekday"
        )


@pytest.mark.parametrize("text", ["1000000 clock hours", "40000 natural days", "2000 months", "101 years"])
def test_a_span_over_a_hundred_years_is_refused(text: str) -> None:
    with pytest.raises(HorizonError) as error:
        counted("2026-03-04T09:00", text)
    assert error.value.in_("zh") == "期限超过100年；缩短期限"


def test_a_last_day_that_can_move_nowhere_is_refused() -> None:
    days = [
        {"date": f"2026-{month:02d}-{day:02d}", "kind": "off"} for month in (3, 4) for day in range(1, 29)
    ]
    never = small(week={}, days=days, openings=[{"date": "2026-02-27"}])
    with pytest.raises(HorizonError) as error:
        counted("2026-03-04T09:00", "3 calendar days", calendar=never)
    assert str(error.value) == (
        "there is no day to which 2026-03-07 could move; look at the holidays of the calendar"
    )


def test_a_start_without_a_zone_is_refused() -> None:
    with pytest.raises(StartError) as error:
        due(calendar=china_calendar(), start=dt.datetime(2026, 3, 4, 9), span=span("1 working day"))
    assert str(error.value) == (
        "the start 2026-03-04 09:00:00 has no time zone; give it one, for example that of the calendar"
    )


def test_a_span_that_runs_beyond_the_last_year_is_refused() -> None:
    for text in ("600 working days", "5000 working hours"):
        with pytest.raises(HorizonError) as error:
            counted("2398-03-04T09:00", text)
        assert error.value.in_("zh") == (
            "到2399年底期限仍未走完：日历上的上班时间不够；缩短期限，或在日历中写明每周的上班日"
        )


def test_a_start_in_another_age_is_refused() -> None:
    with pytest.raises(StartError) as error:
        counted("1066-10-14T09:00", "1 working day")
    assert error.value.in_("zh") == "起算时间 1066-10-14 超出可计算的范围（1950年至2399年）；核对日期"
