"""Times and dates as people in an office type them: 3.6 17:10, 0306 1710, 昨天17:10, 3月6日 下午5点, 2026-03-06T17:10."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kesu.reading.text import Text
from kesu.worktime.table import FIRST_YEAR
from kesu.worktime.wording import clock, en_date, zh_date

DAYS_BACK = {"今天": 0, "昨天": 1, "前天": 2, "today": 0, "yesterday": 1}
WIDE = str.maketrans("０１２３４５６７８９：．－／，　", "0123456789:.-/, ")
LONGEST = 40  # characters, spaces taken together; no way of writing a time is longer
YEARS = range(
    FIRST_YEAR + 1, 2201
)  # a zone may move a moment into the year beside, and a limit lies some years later
# What they read has single spaces and is short, so that each of them costs next to nothing whatever was typed.
DATED = re.compile(
    r"(?P<year>\d{4}) ?[-./年] ?(?P<month>\d{1,2}) ?[-./月] ?(?P<day>\d{1,2}) ?[日号]?"
    r"|(?P<month2>\d{1,2}) ?[-./月] ?(?P<day2>\d{1,2}) ?[日号]?"
    r"|(?P<year3>\d{4})(?P<month3>\d{2})(?P<day3>\d{2})|(?P<month4>\d{2})(?P<day4>\d{2})(?= |$)"
)
TIMED = re.compile(
    r"(?P<half>上午|下午|中午|晚上|早上)? ?"
    r"(?:(?P<hour>\d{1,2}) ?[:点时] ?(?P<minute>\d{1,2})?(?P<rest>半)? ?分?(?::(?P<second>\d{1,2}))?"
    r"|(?P<hour2>\d{2})(?P<minute2>\d{2})) ?(?P<late>am|pm)?",
    re.IGNORECASE,
)
OFFSET = re.compile(r"([+-]\d{2}:\d{2}|Z)$")


def moment(text: str, *, now: datetime, zone: str) -> datetime | None:
    """The instant that a text names, in the zone; None when it names none. A time alone is today's.

    A date without a year is the last one that is not after tomorrow: what happened lies behind us.
    """
    said = _narrow(text)
    today = now.astimezone(ZoneInfo(zone)).date()
    day, rest = _day(said, today, past=True)
    found = _time(rest)
    if found is None:
        return None
    if day is None:
        if rest != said:  # a T where no date stands before it
            return None
        day = today
    return datetime.combine(day, found, ZoneInfo(zone))


def calendar_day(text: str, *, now: datetime, zone: str) -> date | None:
    """The date that a text names; without a year the one that lies nearest."""
    day, rest = _day(_narrow(text), now.astimezone(ZoneInfo(zone)).date(), past=False)
    return None if rest.strip() else day


def in_full(value: datetime | date, *, zone: str) -> Text:
    """With year, weekday and, for an instant, the time of day."""
    if not isinstance(value, datetime):
        return Text(zh_date(value), en_date(value))
    local = value.astimezone(ZoneInfo(zone))
    return Text(f"{zh_date(local.date())}{clock(local)}", f"{en_date(local.date())} {clock(local)}")


def _narrow(text: str) -> str:
    """In half width, with single spaces; nothing where it is longer than any time is."""
    said = " ".join(text.translate(WIDE).split())
    return said if len(said) <= LONGEST else ""


def _day(text: str, today: date, *, past: bool) -> tuple[date | None, str]:
    """The date at the beginning of a text, and what comes after it."""
    said = text.replace("T", " ").strip()
    for word, back in DAYS_BACK.items():
        if said.lower().startswith(word):
            return today - timedelta(days=back), said[len(word) :]
    for found in _dates(said):
        year, month, day = found[1]
        made = _date(year, month, day) if year else _nearest(month, day, today, past=past)
        if made is not None:
            return made, said[found[0] :]
    return None, said


def _dates(text: str) -> Iterator[tuple[int, tuple[int | None, int, int]]]:
    found = DATED.match(text)
    if found is not None:
        part = {name: int(value) for name, value in found.groupdict().items() if value}
        for end in ("", "2", "3", "4"):
            if f"month{end}" in part:
                yield found.end(), (part.get(f"year{end}"), part[f"month{end}"], part[f"day{end}"])


def _date(year: int, month: int, day: int) -> date | None:
    if year not in YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(month: int, day: int, today: date, *, past: bool) -> date | None:
    made = [one for year in range(today.year - 4, today.year + 5) if (one := _date(year, month, day))]
    if past:
        behind = [one for one in made if one <= today + timedelta(days=1)]
        return max(behind, default=None)
    return min(made, key=lambda one: abs((one - today).days), default=None)


def _time(text: str) -> time | None:
    said = text.strip()
    found = TIMED.fullmatch(OFFSET.sub("", said))
    if found is None:
        return None
    hour = int(found["hour"] or found["hour2"])
    minute = 30 if found["rest"] else int(found["minute"] or found["minute2"] or 0)
    late = (found["late"] or "").lower() == "pm" or found["half"] in ("下午", "晚上")
    if late and hour < 12:
        hour += 12
    second = int(found["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return time(hour, minute, second)
