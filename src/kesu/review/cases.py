"""The acts of a log gathered by case, ordered by time and then line; what memory does not hold goes to a file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial, reduce
from typing import Final, NamedTuple, cast
from zoneinfo import ZoneInfo

from kesu.procedure.history.act import Act

from .acts import LoggedAct
from .counts import month_of
from .now_known import REREAD

IN_MEMORY: Final = 100_000  # acts; what comes after them is sorted in a temporary database, and memory stays
BATCH: Final = 5_000
NO_STEP: Final = 0  # the order of a case that has no act yet
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class LoggedCase(NamedTuple):
    """One case of a log: the number it had there and its acts, numbered from 1 in their order.

    What is known of it without looking at its acts again, 0 where nobody looked: cases of one log that took the same
    steps in the same order have the same `order`; `month` is that of the first act (`month_of`).
    """

    case: str
    acts: Sequence[Act]
    order: int = 0
    month: int = 0


class Gathered:
    """Collects acts line by line and gives them back case by case, in the order in which cases first appear.

    `as_recorded`: nothing in it was noted later, mended or named, so what is now known is what was recorded.
    """

    def __init__(self, *, zone: ZoneInfo, unit: str, in_memory: int = IN_MEMORY) -> None:
        self.events = 0
        self.as_recorded = True
        self.first: datetime | None = None
        self.last: datetime | None = None
        self._zone, self._unit, self._limit = zone, unit, in_memory
        self._cases: dict[str, int] = {}
        self._held: list[list[Act]] = []
        self._unordered: set[int] = set()
        self._orders = _Orders()
        self._order: list[int] = []
        self._month: list[int] = []
        self._spilled: sqlite3.Connection | None = None
        self._batch: list[tuple[int, int, str]] = []

    def add(self, case: str, logged: LoggedAct) -> None:
        """One more act."""
        number = self._cases.setdefault(case, len(self._cases))
        self.events += 1
        self.as_recorded = self.as_recorded and logged.noted is logged.at and logged.step not in REREAD
        self.first = logged.at if self.first is None or logged.at < self.first else self.first
        self.last = logged.noted if self.last is None or logged.noted > self.last else self.last
        if self._spilled is not None:
            self._store(number, logged.act(0, self._unit))
            return
        if number == len(self._held):
            self._held.append([])
            self._order.append(NO_STEP)
            self._month.append(month_of(logged.at))
        acts = self._held[number]
        if acts and logged.at < acts[-1].at:
            self._unordered.add(number)
        acts.append(logged.act(len(acts) + 1, self._unit))
        self._order[number] = self._orders.after(self._order[number], logged.step)
        if self.events > self._limit:
            self._spill()

    def __len__(self) -> int:
        return len(self._cases)

    def cases(self) -> Iterator[LoggedCase]:
        """Every case; may be asked again."""
        if self._spilled is not None:
            return self._stored(list(self._cases))
        for number in self._unordered:
            acts = self._held[number] = _ordered(self._held[number])
            self._order[number] = reduce(self._orders.after, (act.step for act in acts), NO_STEP)
            self._month[number] = month_of(acts[0].at)
        self._unordered = set()
        return map(_case, zip(self._cases, self._held, self._order, self._month, strict=True))

    def close(self) -> None:
        """Lets go of the temporary file, if there is one."""
        if self._spilled is not None:
            self._spilled.close()

    # -- what memory does not hold -----------------------------------------------------------------------------------

    def _spill(self) -> None:
        self._spilled = sqlite3.connect("")  # a private file of SQLite's own, gone when it is closed
        self._spilled.execute("PRAGMA journal_mode = OFF")
        self._spilled.execute("PRAGMA cache_size = -8192")
        self._spilled.execute("CREATE TABLE told (number INTEGER, at INTEGER, act TEXT)")
        for number, acts in enumerate(self._held):
            for act in acts:
                self._store(number, act)
        self._held, self._order, self._month = [], [], []

    def _store(self, number: int, act: Act) -> None:
        said = [act.step, _micros(act.noted), act.by, act.post, act.facts, act.origin]
        self._batch.append((number, _micros(act.at), json.dumps(said, ensure_ascii=False)))
        if len(self._batch) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        assert self._spilled is not None
        self._spilled.executemany("INSERT INTO told VALUES (?, ?, ?)", self._batch)
        self._batch = []

    def _stored(self, names: list[str]) -> Iterator[LoggedCase]:
        assert self._spilled is not None
        self._flush()
        acts: list[Act] = []
        current = 0
        for number, at, json_text in self._spilled.execute(
            "SELECT number, at, act FROM told ORDER BY number, at, rowid"
        ):
            if number != current:
                yield LoggedCase(names[current], acts)
                acts, current = [], number
            acts.append(self._read(len(acts) + 1, at, json_text))
        yield LoggedCase(names[current], acts)

    def _read(self, number: int, at: int, json_text: str) -> Act:
        step, noted, by, post, facts, origin = json.loads(json_text)
        return Act(
            number=number,
            step=step,
            at=self._instant(at),
            noted=self._instant(noted),
            by=by,
            post=post,
            facts=facts,
            origin=origin,
        )

    def _instant(self, micros: int) -> datetime:
        return (EPOCH + timedelta(microseconds=micros)).astimezone(self._zone)


# What `LoggedCase._make` does, without a call of Python for each of a hundred thousand cases.
_case: Final = cast(
    "Callable[[tuple[str, list[Act], int, int]], LoggedCase]", partial(tuple.__new__, LoggedCase)
)


class _Orders:
    """Numbers the orders of steps that occur in a log, so that cases of one order are seen without comparing them."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, str], int] = {}

    def after(self, order: int, step: str) -> int:
        """The order that a step makes of another one."""
        return self._numbers.setdefault((order, step), len(self._numbers) + NO_STEP + 1)


def _ordered(acts: list[Act]) -> list[Act]:
    """By time; those of one instant stay in the order of their lines."""
    return [
        replace(act, number=number)
        for number, act in enumerate(sorted(acts, key=lambda act: act.at), start=1)
    ]


def _micros(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)
