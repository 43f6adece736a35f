"""Working days counted back from the day of loading, so that the demo is always of today."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from kesu.worktime.calendar import Calendar

BEFORE = re.compile(r"@today-(\d+)")


class Timetable:
    """Days and times of the demo, by the calendar of the house."""

    def __init__(self, calendar: Calendar, now: datetime) -> None:
        self.calendar, self.now = calendar, now
        self.today = now.astimezone(calendar.zone_info).date()

    def ago(self, days: int) -> date:
        """The working day that many working days before the day of loading (0: that day or the last one worked)."""
        return self._step(self.today, -1, days)

    def after(self, start: date, days: int) -> date:
        """The working day that many working days after `start`."""
        return self._step(start, 1, days)

    def later(self, start: date, days: int) -> date:
        """The same; 0 is `start` itself, also where that is a day off."""
        return self.after(start, days) if days else start

    def at(self, day: date, clock: str) -> datetime:
        """A local time on a day, as an instant."""
        local = datetime.combine(day, time.fromisoformat(clock), tzinfo=self.calendar.zone_info)
        return local.astimezone(UTC)

    def filled(self, text: str) -> str:
        """A text with `@year` as the year of loading, and `@today-9` as the day nine days before it (20261111)."""
        text = text.replace("@year", str(self.today.year))
        return BEFORE.sub(lambda found: f"{self.today - timedelta(days=int(found[1])):%Y%m%d}", text)

    def _step(self, day: date, direction: int, days: int) -> date:
        while True:
            if self.calendar.day(day).shifts:
                if days == 0:
                    return day
                days -= 1
            elif days == 0 and direction < 0:
                pass  # a day off counts as the last working day before it
            day += timedelta(days=direction)
