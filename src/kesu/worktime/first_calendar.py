"""The calendar that an organisation begins with: China's schedule in China's time, elsewhere a bare week to be filled in."""

import datetime as dt
from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from kesu.reading.text import Text
from kesu.worktime.calendar import Calendar
from kesu.worktime.china import china_calendar
from kesu.worktime.fault import Fault

CHINAS_ZONES: Final = ("Asia/Shanghai", "Asia/Chongqing", "Asia/Harbin", "PRC")


class ZoneError(Fault):
    """No time zone has this name."""


def first_calendar(zone: str, *, year: int, shifts: Sequence[str] = ()) -> Calendar:
    """Working hours `shifts` (like "09:00-12:00") on Monday to Friday; without them 09:00-12:00 and 13:00-18:00.

    In China's zones it knows the holidays and make-up days of the notices. Elsewhere it knows of none: every date from
    `year` on is provisional until the schedule of that year is brought in. Raises ZoneError, ReadError.
    """
    calendar = china_calendar() if zone in CHINAS_ZONES else _bare(_checked(zone), year)
    return calendar.with_shifts(shifts) if shifts else calendar


def _checked(zone: str) -> str:
    try:
        return ZoneInfo(zone).key
    except (ValueError, OSError, LookupError):
        raise ZoneError(
            Text(f"没有“{zone}”这个时区", f"there is no time zone “{zone}”"),
            Text(
                "写成 Asia/Shanghai、Europe/Berlin 这样的名字",
                "write a name such as Asia/Shanghai or Europe/Berlin",
            ),
        ) from None


def _bare(zone: str, year: int) -> Calendar:
    before = dt.date(year - 1, 12, 31).isoformat()
    data = china_calendar().to_data() | {"zone": zone, "version": f"week-{year}", "fixed": [], "days": []}
    known = {
        "known_from": dt.date(year - 1, 1, 1).isoformat(),
        "known_until": before,
        "settled_until": before,
    }
    return Calendar.from_data(data | known)
