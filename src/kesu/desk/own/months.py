"""A count by months as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class MonthBar:
    """A month by its first day; `share` of the tallest in whole hundredths."""

    day: date
    count: int
    share: int


def month_bars(months: Sequence[tuple[date, int]]) -> list[MonthBar]:
    """The months from the first that has any."""
    first = next((place for place, (_, count) in enumerate(months) if count), len(months))
    top = max((count for _, count in months), default=0)
    return [MonthBar(day, count, count * 100 // top) for day, count in months[first:]]
