"""The calendar that an organisation begins with."""

from __future__ import annotations

from datetime import date

import pytest

from kesu.worktime.calendar import Calendar
from kesu.worktime.first_calendar import ZoneError, first_calendar

DAYS = (date(2026, 11, 30), date(2026, 12, 5), date(2026, 10, 1))


def said(calendar: Calendar) -> list[str]:
    known = map(calendar.day, DAYS)
    return [" ".join((day.kind.name, *map(str, day.shifts), day.knowledge.name)).lower() for day in known]


def test_in_china_it_has_the_hours_that_were_given_and_the_schedule_of_the_notices() -> None:
    calendar = first_calendar("Asia/Shanghai", year=2026, shifts=("08:30-11:30", "13:30-17:30"))
    assert said(calendar) == ["ordinary 08:30-11:30 13:30-17:30 known", "rest known", "festival known"]


def test_elsewhere_it_is_a_week_that_is_provisional_from_the_start() -> None:
    calendar = first_calendar("Europe/Berlin", year=2026)
    assert calendar.zone == "Europe/Berlin"
    worked = "ordinary 09:00-12:00 13:00-18:00 unknown"
    assert said(calendar) == [worked, "rest unknown", worked]


@pytest.mark.parametrize("zone", ["Mars/Base", "", "../etc/passwd", "Asia"])
def test_a_zone_that_nobody_knows_is_refused_in_words(zone: str) -> None:
    with pytest.raises(ZoneError) as wrong:
        first_calendar(zone, year=2026)
    assert wrong.value.in_("zh") == f"没有“{zone}”这个时区；写成 Asia/Shanghai、Europe/Berlin 这样的名字"
