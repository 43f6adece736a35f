"""The limits of a file in the order in which they run out, so that asking what fell due costs nothing while nothing did."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from heapq import heappop, heappush

from kesu.worktime.due import in_time

from .duty import Duty, Key


class Limits:
    """A heap of limits. A duty that was settled, paused or counted anew leaves its old limit behind, which is then passed over."""

    __slots__ = ("_duties", "_heap", "_over")

    def __init__(self, duties: Mapping[Key, Duty]) -> None:
        self._duties = duties
        self._heap: list[tuple[datetime, Key]] = []
        self._over: set[Key] = set()  # spans that nobody owes and that are over, until the clock has said so

    def add(self, duty: Duty) -> None:
        """Takes in the limit of a duty, as it is counted now."""
        if duty.due is not None:
            heappush(self._heap, (duty.due.at, duty.key))

    def like(self, other: Limits) -> None:
        """The same limits as another's, for a copy of the same duties."""
        self._heap, self._over = list(other._heap), set(other._over)

    def first(self, until: datetime) -> Duty | None:
        """The open duty whose limit was the first to run out by `until`."""
        in_time_still: list[tuple[datetime, Key]] = []
        found = None
        while found is None and self._heap and self._heap[0][0] <= until:
            limit = self._heap[0]
            duty = self._standing(limit)
            if duty is not None and duty.owed and not _in_time(duty, until):
                found = duty
                continue
            heappop(self._heap)
            if duty is not None and _in_time(duty, until):
                in_time_still.append(limit)
            elif duty is not None:
                self._over.add(duty.key)
        for limit in in_time_still:
            heappush(self._heap, limit)
        return found

    def over(self, until: datetime) -> list[Duty]:
        """The spans that nobody owes and that were over by `until`, in no order."""
        self.first(until)
        self._over = {key for key in self._over if self._stands_over(key, until)}
        return [self._duties[key] for key in self._over]

    def next(self) -> datetime | None:
        """When the next limit runs out."""
        while self._heap:
            if self._standing(self._heap[0]) is not None:
                return self._heap[0][0]
            heappop(self._heap)
        return None

    def _standing(self, limit: tuple[datetime, Key]) -> Duty | None:
        """The duty whose limit this still is."""
        duty = self._duties.get(limit[1])
        if duty is None or duty.state != "open" or duty.paused or duty.due is None or duty.due.at != limit[0]:
            return None
        return duty

    def _stands_over(self, key: Key, until: datetime) -> bool:
        duty = self._duties.get(key)
        return duty is not None and duty.state == "open" and not duty.paused and not _in_time(duty, until)


def _in_time(duty: Duty, moment: datetime) -> bool:
    return duty.due is None or in_time(due=duty.due, moment=moment)
