"""The limits of a file in the order in which they run out, so that asking what fell due costs nothing while nothing did."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from heapq import heappop, heappush

from kesu.worktime.due import in_time

from .duty import Duty, Key


class Limits:
    """A heap of limits. A duty that was settled, paused or counted anew leaves its old limit behind, which is passed over."""

    __slots__ = ("_duties", "_heap")

    def __init__(self, duties: Mapping[Key, Duty]) -> None:
        self._duties = duties
        self._heap: list[tuple[datetime, Key]] = []

    def add(self, duty: Duty) -> None:
        """Takes in the limit of a duty, as it is counted now."""
        if duty.due is not None and duty.owed:
            heappush(self._heap, (duty.due.at, duty.key))

    def like(self, other: Limits) -> None:
        """The same limits as another's, for a copy of the same duties."""
        self._heap = list(other._heap)

    def first(self, until: datetime) -> Duty | None:
        """The open duty whose limit was the first to run out by `until`."""
        if not self._heap or self._heap[0][0] > until:
            return None
        in_time_still: list[tuple[datetime, Key]] = []
        found = None
        while self._heap and self._heap[0][0] <= until:
            duty = self._standing(self._heap[0])
            if duty is not None and not (duty.due is None or in_time(due=duty.due, moment=until)):
                found = duty
                break
            limit = heappop(self._heap)
            if duty is not None:
                in_time_still.append(limit)
        for limit in in_time_still:
            heappush(self._heap, limit)
        return found

    def next(self) -> datetime | None:
        """When the next limit runs out; None when none runs."""
        while self._heap:
            if self._standing(self._heap[0]) is not None:
                return self._heap[0][0]
            heappop(self._heap)
        return None

    def _standing(self, limit: tuple[datetime, Key]) -> Duty | None:
        """The duty whose limit this still is."""
        duty = self._duties.get(limit[1])
        stands = duty is not None and duty.open_until == limit[0]
        return duty if stands else None
