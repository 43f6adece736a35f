"""The China calendar as shipped: against the library it was seeded from, and against the notices."""

import datetime as dt
import runpy
import sys
from pathlib import Path

import holidays
import pytest

from kesu.reading.text import Text
from kesu.worktime import seeding
from kesu.worktime.calendar import Calendar
from kesu.worktime.china import china_calendar, china_schedule
from kesu.worktime.day import DayKind, Knowledge
from kesu.worktime.seeding import SeedError, schedule_rows

YEARS = range(2004, 2027)


def days_of(year: int) -> list[dt.date]:
    first = dt.date(year, 1, 1).toordinal()
    return [dt.date.fromordinal(n) for n in range(first, dt.date(year, 12, 31).toordinal() + 1)]


def test_every_day_of_every_year_is_worked_exactly_when_the_library_says_so() -> None:
    library = holidays.country_holidays("CN", years=YEARS, expand=False)
    calendar = china_calendar()
    others = [
        day
        for year in YEARS
        for day in days_of(year)
        if calendar.day(day).works != library.is_working_day(day)
    ]
    assert others == []


def test_the_shipped_days_are_those_that_the_seed_gives() -> None:
    assert list(china_schedule().days) == schedule_rows(YEARS)
    assert china_schedule().years == tuple(YEARS)


def test_2025_and_2026_are_as_the_notices_say() -> None:
    calendar = china_calendar()
    worked = {
        year: [f"{day:%m-%d}" for day in days_of(year) if calendar.day(day).kind is DayKind.MAKE_UP]
        for year in (2025, 2026)
    }
    assert worked == {
        2025: ["01-26", "02-08", "04-27", "09-28", "10-11"],
        2026: ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
    }
    assert [sum(calendar.day(day).works for day in days_of(year)) for year in (2025, 2026)] == [248, 248]


def test_the_thirteen_festival_days_of_the_law_are_told_from_the_days_off_around_them() -> None:
    calendar = china_calendar()
    festivals = [f"{day:%m-%d}" for day in days_of(2026) if calendar.day(day).is_festival]
    assert festivals == [
        *("01-01", "02-16", "02-17", "02-18", "02-19", "04-05", "05-01", "05-02"),
        *("06-19", "09-25", "10-01", "10-02", "10-03"),
    ]


def test_a_day_off_within_a_holiday_has_the_name_of_the_holiday() -> None:
    calendar = china_calendar()
    named = {
        day: calendar.day(dt.date.fromisoformat(day)).label
        for day in ("2025-02-01", "2015-09-04", "2020-02-02")
    }
    assert named == {
        "2025-02-01": Text("春节假期", "Spring Festival holiday"),
        "2015-09-04": Text("抗战胜利纪念日假期", "Victory Day holiday"),
        "2020-02-02": Text("春节假期", "Spring Festival holiday"),
    }


def test_the_last_three_days_may_still_be_altered_and_after_them_nothing_is_known() -> None:
    calendar = china_calendar()
    days = [
        dt.date(2003, 12, 31),
        dt.date(2026, 12, 28),
        dt.date(2026, 12, 29),
        dt.date(2026, 12, 31),
        dt.date(2027, 1, 1),
    ]
    assert [calendar.day(day).knowledge for day in days] == [
        *(Knowledge.UNKNOWN, Knowledge.KNOWN, Knowledge.UNSETTLED, Knowledge.UNSETTLED, Knowledge.UNKNOWN),
    ]


def test_after_the_last_known_year_the_week_and_the_fixed_festivals_hold() -> None:
    calendar = china_calendar()
    off = [f"{day:%m-%d}" for day in days_of(2027) if day.weekday() < 5 and not calendar.day(day).works]
    assert off == ["01-01", "10-01"]
    festivals = [f"{day:%m-%d}" for day in days_of(2027) if calendar.day(day).is_festival]
    assert festivals == ["01-01", "05-01", "05-02", "10-01", "10-02", "10-03"]


def test_the_calendar_comes_back_from_its_own_data() -> None:
    assert Calendar.from_data(china_calendar().to_data()) == china_calendar()


def test_a_year_that_the_library_does_not_know_is_not_seeded() -> None:
    with pytest.raises(SeedError) as error:
        schedule_rows([2027])
    assert str(error.value) == (
        "the library does not know the notice for 2027; update it, or type the notice in"
    )


def test_the_seed_is_written_in_the_form_that_is_shipped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As `python -m kesu.worktime.seeding 2004 2026` writes it, and as it says that it cannot."""
    shipped = Path(seeding.__file__).with_name("china.csv").read_text(encoding="utf-8")
    monkeypatch.delitem(sys.modules, seeding.__name__)
    monkeypatch.setattr(sys, "argv", ["seeding", str(YEARS[0]), str(YEARS[-1])])
    runpy.run_module(seeding.__name__, run_name="__main__")
    assert capsys.readouterr().out == shipped
    monkeypatch.setattr(sys, "argv", ["seeding", "2027"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module(seeding.__name__, run_name="__main__")
    assert ended.value.code == (
        "the library does not know the notice for 2027; update it, or type the notice in"
    )


def test_the_seed_of_one_year_has_the_december_days_before_it_that_it_altered() -> None:
    assert [(f"{row.date}", row.kind.value, row.note) for row in schedule_rows([2019])[:3]] == [
        ("2018-12-29", "work", "与2018-12-31对调"),
        ("2018-12-31", "off", "与2018-12-29对调"),
        ("2019-01-01", "festival", ""),
    ]
