"""What a calendar says of a day, and which of several sayings goes first."""

import datetime as dt

import pytest
from tests.rulebook.worktime.times import counted, plain, small

from kesu.reading.text import NO_TEXT, Text
from kesu.worktime.calendar import Calendar, SiteError
from kesu.worktime.day import Day, DayKind, Knowledge
from kesu.worktime.shifts import Shift

MORNING, AFTERNOON = Shift(540, 720), Shift(780, 1080)
WEDNESDAY, SATURDAY, SUNDAY = dt.date(2026, 3, 4), dt.date(2026, 3, 7), dt.date(2026, 3, 8)
KNOWN = Knowledge.KNOWN


def test_the_week_decides_an_ordinary_day() -> None:
    assert small().day(WEDNESDAY) == Day(WEDNESDAY, DayKind.ORDINARY, NO_TEXT, (MORNING, AFTERNOON), KNOWN)
    assert small().day(SATURDAY) == Day(SATURDAY, DayKind.REST, NO_TEXT, (), KNOWN)


def test_a_weekday_may_have_shifts_of_its_own() -> None:
    week = {"wednesday": ["08:00-11:30"], "saturday": "standard"}
    calendar = small(week=week)
    assert calendar.day(WEDNESDAY).shifts == (Shift(480, 690),)
    assert calendar.day(SATURDAY).shifts == (MORNING, AFTERNOON)


def test_a_saturday_that_is_worked_counts() -> None:
    calendar = small(
        days=[{"date": "2026-03-07", "kind": "work", "name": "春节", "name_en": "Spring Festival"}]
    )
    day = Day(SATURDAY, DayKind.MAKE_UP, Text("春节", "Spring Festival"), (MORNING, AFTERNOON), KNOWN)
    assert calendar.day(SATURDAY) == day
    assert counted("2026-03-06T10:00", "1 working day", calendar=calendar).date == SATURDAY


def test_a_make_up_day_has_the_standard_shifts_also_where_that_weekday_has_others() -> None:
    week = {"wednesday": "standard", "saturday": ["09:00-12:00"]}
    calendar = small(week=week, days=[{"date": "2026-03-07", "kind": "work"}])
    assert calendar.day(SATURDAY).shifts == (MORNING, AFTERNOON)
    assert calendar.day(dt.date(2026, 3, 14)).shifts == (MORNING,)


def test_an_opening_goes_before_a_closure_and_a_closure_before_the_schedule() -> None:
    calendar = small(
        days=[{"date": "2026-03-07", "kind": "work"}],
        closures=[{"from": "2026-03-04", "to": "2026-03-08", "name": "检修", "name_en": "overhaul"}],
        openings=[
            {"date": "2026-03-04", "shifts": ["10:00-11:00"], "name": "盘点", "name_en": "stocktaking"}
        ],
    )
    opened = Day(WEDNESDAY, DayKind.OPENING, Text("盘点", "stocktaking"), (Shift(600, 660),), KNOWN)
    closed = Day(SATURDAY, DayKind.CLOSURE, Text("检修", "overhaul"), (), KNOWN)
    rest = Day(SUNDAY, DayKind.REST, NO_TEXT, (), KNOWN)
    assert [calendar.day(day) for day in (WEDNESDAY, SATURDAY, SUNDAY)] == [opened, closed, rest]


def test_an_opening_without_shifts_has_the_standard_ones() -> None:
    assert small(openings=[{"date": "2026-03-08"}]).day(SUNDAY).shifts == (MORNING, AFTERNOON)


def test_a_closure_of_a_part_is_taken_from_the_shifts() -> None:
    data = {
        "from": "2026-03-04",
        "to": "2026-03-04",
        "between": "11:00-14:00",
        "name": "消防演练",
        "name_en": "drill",
    }
    day = small(closures=[data]).day(WEDNESDAY)
    left = (Shift(540, 660), Shift(840, 1080))
    assert day == Day(WEDNESDAY, DayKind.ORDINARY, NO_TEXT, left, KNOWN, Text("消防演练", "drill"))
    assert day.label == Text("部分时段停止办公（消防演练）", "closed for part of the day (drill)")


def test_a_day_whose_parts_are_all_closed_is_closed() -> None:
    day = {"from": "2026-03-04", "to": "2026-03-04"}
    calendar = small(closures=[day | {"between": "09:00-12:00"}, day | {"between": "12:30-18:00"}])
    assert calendar.day(WEDNESDAY) == Day(WEDNESDAY, DayKind.CLOSURE, NO_TEXT, (), KNOWN)


def test_a_closure_of_a_part_costs_its_working_time_and_says_so() -> None:
    drill = {
        "from": "2026-03-04",
        "to": "2026-03-04",
        "between": "14:00-16:00",
        "name": "演练",
        "name_en": "drill",
    }
    found = counted("2026-03-04T13:00", "4 working hours", calendar=small(closures=[drill]))
    assert found.explain("en") == [
        "Runs from Wed 4 Mar 2026 13:00 in working time only.",
        "Wed 4 Mar 2026 13:00–14:00, 16:00–18:00: closed for part of the day (drill), 3 h, 3 h in all.",
        "Thu 5 Mar 2026 09:00–10:00: 1 h, 4 h in all.",
        "Due: Thu 5 Mar 2026 10:00.",
    ]


def test_a_fixed_festival_is_off_each_year_from_its_beginning_on() -> None:
    fixed = [{"day": "03-04", "since": "2026-01-01", "name": "厂庆", "name_en": "Founders' Day"}]
    calendar = small(fixed=fixed)
    kinds = [calendar.day(dt.date(year, 3, 4)).kind for year in (2025, 2026, 2027)]
    assert kinds == [DayKind.ORDINARY, DayKind.FESTIVAL, DayKind.FESTIVAL]


def test_a_schedule_may_have_a_fixed_festival_worked() -> None:
    fixed = [{"day": "03-04", "name": "厂庆", "name_en": "Founders' Day"}]
    assert small(fixed=fixed, days=[{"date": "2026-03-04", "kind": "work"}]).day(WEDNESDAY).works


SITES = {
    "east": {"week": {"monday": "standard", "saturday": ["09:00-12:00"]}, "shifts": ["08:00-16:00"]},
    "west": {
        "zone": "Asia/Urumqi",
        "closures": [{"from": "2026-03-05", "to": "2026-03-05", "name": "停电", "name_en": "power cut"}],
        "openings": [{"date": "2026-03-08"}],
    },
}


def test_a_site_has_its_own_week_and_shifts() -> None:
    east = small(sites=SITES).for_site("east")
    assert (east.day(SATURDAY).shifts, east.day(dt.date(2026, 3, 9)).shifts, east.day(WEDNESDAY).works) == (
        (MORNING,),
        (Shift(480, 960),),
        False,
    )
    assert counted("2026-03-02T10:00", "1 working day", calendar=east).date == SATURDAY


def test_a_site_closes_although_the_organisation_opens_and_the_other_way_round() -> None:
    organisation = small(
        sites=SITES,
        openings=[{"date": "2026-03-05", "shifts": ["10:00-11:00"]}],
        closures=[{"from": "2026-03-04", "to": "2026-03-08"}],
    )
    west = organisation.for_site("west")
    days = [dt.date(2026, 3, n) for n in range(4, 9)]
    assert [organisation.day(day).works for day in days] == [False, True, False, False, False]
    assert [west.day(day).works for day in days] == [False, False, False, False, True]
    assert (west.zone, west.version, west.sites) == ("Asia/Urumqi", "small, west", ())


def test_an_office_without_a_week_works_on_its_openings_alone() -> None:
    data = {key: value for key, value in plain().items() if key != "week"}
    calendar = Calendar.from_data(data | {"openings": [{"date": "2026-03-07"}, {"date": "2026-03-11"}]})
    worked = [day for day in range(1, 32) if calendar.day(dt.date(2026, 3, day)).works]
    assert worked == [7, 11]


def test_a_calendar_says_in_short_which_it_is() -> None:
    calendar = small()
    assert (
        repr(calendar) == f"Calendar('small', Asia/Shanghai, known until 2030-12-31, {calendar.digest[:12]})"
    )


def test_an_unknown_site_is_answered_with_the_nearest_name() -> None:
    with pytest.raises(SiteError) as error:
        small(sites=SITES).for_site("eas")
    assert str(error.value) == "the calendar has no site “eas”; did you mean “east”?"
    with pytest.raises(SiteError) as error:
        small().for_site("east")
    assert error.value.in_("zh") == "日历没有场所“east”；先在 sites 下写上"


def test_calendars_with_the_same_data_are_the_same() -> None:
    one = Calendar.from_data(plain(shifts=["13:00-18:00", "09:00-12:00"]))
    other = Calendar.from_data(plain())
    assert {one, other} == {one}
    assert len(one.digest) == 64
    assert one.digest == other.digest != small(version="other").digest


def test_the_data_of_a_calendar_come_back_whole() -> None:
    calendar = small(
        settled_until="2030-12-28",
        sites=SITES
        | {"openings only": {"week": {}, "openings": [{"date": "2026-03-08", "shifts": ["09:00-10:00"]}]}},
        fixed=[{"day": "10-01", "since": "2021-01-01", "name": "国庆节", "name_en": "National Day"}],
        days=[{"date": "2026-03-07", "kind": "work", "name": "春节", "note": "与2026-03-09对调"}],
        closures=[{"from": "2026-03-04", "to": "2026-03-05", "between": "09:00-10:00", "name": "演练"}],
        openings=[{"date": "2026-03-08"}],
    )
    again = Calendar.from_data(calendar.to_data())
    assert (again.to_data(), again.digest) == (calendar.to_data(), calendar.digest)
    assert again.for_site("openings only") == calendar.for_site("openings only")


def test_other_shifts_hold_on_every_weekday_that_is_worked() -> None:
    calendar = small(week={"wednesday": ["08:00-11:30"], "saturday": "standard"}).with_shifts(["10:00-15:00"])
    worked = [calendar.day(WEDNESDAY).shifts, calendar.day(SATURDAY).shifts, calendar.day(SUNDAY).shifts]
    assert worked == [(Shift(600, 900),), (Shift(600, 900),), ()]
    assert calendar.version == "small, 10:00-15:00"
