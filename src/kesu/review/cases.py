"""The acts of a log gathered by case, ordered by time and then line; what memory does not hold goes to a file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial, reduce
from typing import Final, NamedTuple, cast
from zoneinfo import ZoneInfo

from kesu.procedure.history.act import Act

from .acts import LoggedAct
from .counts import month_of
from .instants import Edge
from .mapping import Order
from .now_known import REREAD
from .numbers import Numbers
from .ties import Ties, once, ordered

IN_MEMORY: Final = 100_000  # acts; what comes after them is sorted in a temporary database, and memory stays
BATCH: Final = 5_000
BACKWARD: Final = (
    2  # lines that go back in time, and none that goes on, show a file that has the newest first
)
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

    `as_recorded`: nothing in it was noted later, mended or named, so what is now known is what was recorded. `order`: of
    lines that tell of one instant, where the mapping says it; else a log whose every case goes backward has the newest
    first. `skip_doubles`: acts that are the same but for their line count once. `complete` is told when all is read;
    `ties` of a log that memory does not hold are known once its cases were gone through.
    """

    def __init__(
        self,
        *,
        zone: ZoneInfo,
        unit: str,
        in_memory: int = IN_MEMORY,
        order: Order | None = None,
        skip_doubles: bool = False,
    ) -> None:
        self.events = 0
        self.as_recorded = True
        self.first_edge, self.last_edge = Edge(), Edge()
        self.numbers = Numbers()
        self.ties = Ties()
        self._said_order, self._once = order, skip_doubles
        self._forward = False  # whether some case goes on from line to line
        self._backward = 0  # how often one goes back
        self._tied: set[int] = set()
        self._looked = False  # whether acts of one instant were counted, of a log that memory does not hold
        self._zone, self._unit, self._limit = zone, unit, in_memory
        self._held: list[list[Act]] = []
        self._unordered: set[int] = set()
        self._orders = _Orders()
        self._order: list[int] = []
        self._month: list[int] = []
        self._spilled: sqlite3.Connection | None = None
        self._batch: list[tuple[int, int, str]] = []

    def add(self, case: str, logged: LoggedAct) -> None:
        """One more act."""
        number = self.numbers.place(case)
        self.events += 1
        self.as_recorded = self.as_recorded and logged.noted is logged.at and logged.step not in REREAD
        self.first_edge.earlier(logged.at, logged.place)
        self.last_edge.later(logged.noted, logged.place)
        if self._spilled is not None:
            self._store(number, logged.act(0, self._unit))
            return
        if number == len(self._held):
            self._held.append([])
            self._order.append(NO_STEP)
            self._month.append(month_of(logged.at))
        acts = self._held[number]
        act = logged.act(len(acts) + 1, self._unit)
        if acts:
            self._compare(number, acts[-1], act)
        acts.append(act)
        self._order[number] = self._orders.after(self._order[number], logged.step)
        if self.events > self._limit:
            self._spill()

    def _compare(self, number: int, before: Act, act: Act) -> None:
        """What the next act of a case, in the order of lines, says of the order of the file."""
        if act.at < before.at:
            self._unordered.add(number)
            self._backward += 1
        elif act.at == before.at:
            self._tied.add(number)
        elif not self._forward and act.origin != before.origin:
            self._forward = True

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def first(self) -> datetime | None:
        """The first instant at which something happened."""
        return self.first_edge.instant

    @property
    def last(self) -> datetime | None:
        """The last instant at which something was noted."""
        return self.last_edge.instant

    @property
    def newest_first(self) -> bool:
        """Whether acts of one instant stand in the file from the last to the first."""
        return self._said_order == "newest first" or self.order_recognised

    @property
    def order_recognised(self) -> bool:
        """Whether the file itself shows that it has the newest first."""
        return self._said_order is None and self._backward >= BACKWARD and not self._forward

    def complete(self) -> None:
        """Everything is read: puts the acts of each case in order and looks at those of one instant."""
        if self._spilled is not None:
            return
        names = list(self.numbers)
        for number in sorted(self._unordered | self._tied):
            acts = self._held[number] = ordered(self._held[number], newest_first=self.newest_first)
            self.ties.look(names[number], acts)
            if self._once:
                acts = self._held[number] = once(acts)
            self._order[number] = reduce(self._orders.after, (act.step for act in acts), NO_STEP)
            self._month[number] = month_of(acts[0].at)
        self._unordered, self._tied = set(), set()

    def cases(self) -> Iterator[LoggedCase]:
        """Every case; may be asked again."""
        if self._spilled is not None:
            return self._stored(list(self.numbers))
        return map(_case, zip(self.numbers, self._held, self._order, self._month, strict=True))

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
                yield LoggedCase(names[current], self._arranged(names[current], acts))
                acts, current = [], number
            acts.append(self._read(len(acts) + 1, at, json_text))
        yield LoggedCase(names[current], self._arranged(names[current], acts))
        self._looked = True

    def _arranged(self, case: str, acts: list[Act]) -> list[Act]:
        """The acts of a case that come by time and line, in the order and number that they count in."""
        if not self._looked:
            self.ties.look(case, acts)
        if self.newest_first:
            acts = ordered(acts, newest_first=True)
        return once(acts) if self._once else acts

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


def _micros(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)
