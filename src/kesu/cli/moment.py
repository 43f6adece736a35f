"""A moment as people write it on a command line."""

from __future__ import annotations

from datetime import datetime

from kesu.worktime.calendar import Calendar
from kesu.worktime.table import FIRST_YEAR, LAST_YEAR

from .wrong_use import WrongUse


def moment(text: str, calendar: Calendar) -> datetime:
    """A moment as people write it; without an offset it is local to the calendar. A bare date is its end. Raises WrongUse."""
    try:
        instant = datetime.fromisoformat(text)
        if not FIRST_YEAR < instant.year < LAST_YEAR:  # a zone may move it into the year beside
            raise ValueError(text)
    except ValueError:
        raise WrongUse(
            zh=f"“{text}”不是时间；请写 2025-06-30 或 2025-06-30T18:00",
            en=f"“{text}” is no moment; write 2025-06-30 or 2025-06-30T18:00",
        ) from None
    if len(text) == len("2025-06-30"):
        instant = instant.replace(hour=23, minute=59, second=59, microsecond=999_999)
    return instant if instant.tzinfo else instant.replace(tzinfo=calendar.zone_info)
