"""A day of the calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from kesu.reading.text import Text

from .kind import Cell, Filled, Given, Kind, Names, Value
from .typed_times import calendar_day, in_full


class Date(Kind):
    """Kept as ISO 8601; typed as people in an office write it, the year left out where it is plain."""

    name = "date"
    spoken = True
    hint = Text("如 3.6、3月6日、2026-03-06", "such as 3.6 (month.day) or 2026-03-06")

    def from_form(self, filled: Filled, *, now: dt.datetime, zone: str) -> Given | None:
        if not filled.texts:
            return None
        text = filled.texts[0].strip()
        day = calendar_day(text, now=now, zone=zone)
        return Given(day.isoformat(), in_full(day, zone=zone)) if day else Given(text)

    def from_cell(self, cell: Cell) -> Value:
        return cell.day().isoformat()

    def wrong(self, value: Value, allowed: Sequence[str]) -> Text | None:
        try:
            dt.date.fromisoformat(str(value))
        except ValueError:
            return Text(
                f"应是日期，如 2026-03-09，不是“{value}”",
                f"has to be a date such as 2026-03-09, not “{value}”",
            )
        return None

    def alone_in_words(self, text: str, names: Names) -> Text:
        try:
            return in_full(dt.date.fromisoformat(text), zone="UTC")  # a day has no zone
        except ValueError:
            return Text(text, text)


DATE = Date()
