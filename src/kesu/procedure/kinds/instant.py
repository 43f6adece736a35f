"""A moment: a date with a time of day, in the zone of the organisation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from kesu.reading.text import Text

from .kind import Cell, Filled, Given, Kind, Value
from .typed_times import in_full, moment


class Instant(Kind):
    """Kept as ISO 8601; typed as people in an office write it (`typed_times`)."""

    name = "instant"
    spoken = True
    hint = Text("如 3.6 17:10、0306 1710、昨天17:10", "such as 3.6 17:10, 0306 1710, yesterday 17:10")

    def from_form(self, filled: Filled, *, now: datetime, zone: str) -> Given | None:
        if not filled.texts:
            return None
        text = filled.texts[0].strip()
        at = moment(text, now=now, zone=zone)
        return Given(at.isoformat(), in_full(at, zone=zone)) if at else Given(text)

    def from_cell(self, cell: Cell) -> Value:
        return cell.moment().isoformat()

    def wrong(self, value: Value, allowed: Sequence[str]) -> Text | None:
        try:
            datetime.fromisoformat(str(value))
        except ValueError:
            return Text(
                f"应是时间，如 2026-03-09 10:20，不是“{value}”",
                f"has to be a time such as 2026-03-09 10:20, not “{value}”",
            )
        return None


INSTANT = Instant()


def instant_of(value: object, zone: str) -> datetime | None:
    """A date or instant on record as an instant; a bare date begins at midnight of the calendar's zone."""
    try:
        when = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=ZoneInfo(zone))
