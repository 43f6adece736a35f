"""Where a list goes on: the moment and the file of the last row of a page, as its link carries them."""

from __future__ import annotations

from datetime import datetime


def read_place(after: str) -> tuple[datetime, str]:
    """The moment and the file after which the next page begins. Raises ValueError for what no page gave."""
    moment, _, file = after.partition(" ")
    at = datetime.fromisoformat(moment)
    if at.tzinfo is None or not 1900 < at.year < 2200:
        raise ValueError(after)
    return at, file
