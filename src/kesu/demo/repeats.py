"""Lines of a script that come again: every day, every Monday, on the first working day of a month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from kesu.reading.strict import Block

from .timetable import Timetable

DAY = timedelta(days=1)


def repeated(line: Block, *, start: date, times: Timetable) -> Iterator[tuple[date, Block]]:
    """Each day after `start` up to today on which the line is due, with the line as it reads on that day.

    `nth: 2` keeps the second time alone, counted from 1. `@day`, `@monday`, `@sunday`, `@first` and `@last` in a value
    stand for that day, for the week before it and for the month before it.
    """
    place, day = 0, start + DAY
    while day <= times.today:
        due = _due(str(line["every"]), day, times)
        if due is not None:
            place += 1
            if int(line.get("nth", place)) == place:
                yield due, _on(line, day)
        day += DAY


def _due(every: str, day: date, times: Timetable) -> date | None:
    """The day on which it is done when a period begins on `day`; None when none does."""
    if every == "Monday":
        return times.after(day, 0) if day.weekday() == 0 else None
    if every == "month":
        return times.after(day, 0) if day.day == 1 else None
    return day


def _on(line: Block, day: date) -> Block:
    monday, first = day - timedelta(days=day.weekday() + 7), (day.replace(day=1) - DAY).replace(day=1)
    days = {
        "@day": day,
        "@monday": monday,
        "@sunday": monday + timedelta(days=6),
        "@first": first,
        "@last": day.replace(day=1) - DAY,
    }
    repeat = Block(line.file, line.line)
    for key, value in line.items():
        if key not in ("every", "nth"):
            repeat[key] = _filled(value, days)
            repeat.lines[key] = line.lines.get(key, line.line)
    return repeat


def _filled(value: Any, days: dict[str, date]) -> Any:
    if not isinstance(value, str):
        return value
    for mark, day in days.items():
        value = value.replace(mark, day.isoformat())
    return value
