"""A slow way to count, obviously correct: minute by minute, day by day, straight from the data of a calendar.

It shares no code with what it checks but the data's form: no tables, no bisection, no intervals.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)
NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def shifts_on(data: Mapping[str, Any], day: dt.date) -> list[str]:
    """The shifts of a day before parts of it are closed."""
    for opening in data.get("openings", []):
        if opening["date"] == day.isoformat():
            return list(opening.get("shifts") or data["shifts"])
    for closure in data.get("closures", []):
        if "between" not in closure and closure["from"] <= day.isoformat() <= closure["to"]:
            return []
    for listed in data.get("days", []):
        if listed["date"] == day.isoformat():
            return list(data["shifts"]) if listed["kind"] == "work" else []
    for fixed in data.get("fixed", []):
        if fixed["day"] == f"{day:%m-%d}":
            return []
    week = data["week"].get(NAMES[day.weekday()], [])
    return list(data["shifts"]) if week == "standard" else list(week)


def works_at(data: Mapping[str, Any], wall: dt.datetime) -> bool:
    """Whether somebody works when the clock on the wall shows `wall`."""
    clock = f"{wall:%H:%M}"
    for closure in data.get("closures", []):
        if "between" in closure and closure["from"] <= wall.date().isoformat() <= closure["to"]:
            opens, closes = closure["between"].split("-")
            if opens <= clock < closes:
                return False
    return any(
        opens <= clock < closes for opens, closes in (s.split("-") for s in shifts_on(data, wall.date()))
    )


def works_on(data: Mapping[str, Any], day: dt.date) -> bool:
    """Whether anybody works on `day`: one minute is enough."""
    midnight = dt.datetime.combine(day, dt.time())
    return any(works_at(data, midnight + n * MINUTE) for n in range(24 * 60))


Pauses = Sequence[tuple[dt.datetime, dt.datetime]]


def walk_minutes(
    data: Mapping[str, Any], start: dt.datetime, minutes: int, *, working: bool, pauses: Pauses = ()
) -> dt.datetime:
    """The moment (UTC) at which so many minutes have passed that count.

    The office's clock never runs backwards: while the wall shows an hour for the second time it is held at
    the latest time that it has shown.
    """
    zone = ZoneInfo(data["zone"])
    now = start.astimezone(dt.UTC) - 2 * DAY
    held = dt.datetime.min
    begun = start.astimezone(dt.UTC)
    while minutes:
        held = max(held, now.astimezone(zone).replace(tzinfo=None))
        paused = any(first <= now < last for first, last in pauses)
        if now >= begun and not paused and (not working or works_at(data, held)):
            minutes -= 1
        now += MINUTE
    return now


def walk_days(data: Mapping[str, Any], start: dt.date, number: int, *, working: bool) -> dt.date:
    """The day on which so many days have been counted, beginning with the day after `start`."""
    day = start
    while number:
        day += DAY
        if not working or works_on(data, day):
            number -= 1
    return day
