"""Rules that count over many cases, in a log: a first pass finds who is promoted when, the second judges with that.

What is counted stands in a temporary file of SQLite's own, so memory holds one key's cases at a time and no log.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Final, NamedTuple

from kesu.casework.file.case_file import CaseFile
from kesu.casework.file.promoting import PROMOTED
from kesu.casework.many.watching import CountingRule, Tally, countings, due_alarms
from kesu.names import RuleName
from kesu.procedure.history.act import Act, Shown
from kesu.procedure.shapes.abilities import Counts
from kesu.procedure.words.names import FACT
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text
from kesu.worktime.calendar import Calendar

from .cases import LoggedCase
from .log import Log

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
BATCH: Final = 5_000
COUNTS, GONE, ENDED, OPEN = "counts", "gone", "ended", "open"
NOT_COUNTED: Final = Text(
    "记录里看不出计数所用的事实，按多案计数的升级没有算",
    "the log does not show the facts to count by: promotions that count over many cases are left out",
)
Event = tuple[str, int, int, int, str, int]  # key, noted, place in the log, case, what, at


class Promotion(NamedTuple):
    """What a rule that counts puts on record in one case of the log, and when."""

    noted: datetime
    rule: RuleName
    fact: str
    value: str

    def act(self) -> Act:
        """As an entry of the house; it has no line in the log."""
        facts = {self.fact: self.value, FACT.RULE: self.rule, FACT.FROM: "log"}
        return Act(number=0, step=PROMOTED, at=self.noted, noted=self.noted, facts=facts)


class Counted:
    """The promotions of a whole log, by the place of the case in it. `close` lets go of the temporary file."""

    def __init__(self, procedure: Procedure, calendar: Calendar) -> None:
        self._procedure, self._calendar = procedure, calendar
        self._light = replace(procedure, rules=())  # history only: corrections and strikes, but no duties
        self._rules = {one[0].name: one for one in procedure.able(Counts)}
        self._file = sqlite3.connect("")
        self._file.execute("PRAGMA journal_mode = OFF")
        self._file.execute("CREATE TABLE event (key TEXT, noted INT, place INT, file INT, what TEXT, at INT)")
        self._file.execute("CREATE TABLE promotion (file INT, noted INT, rule TEXT)")
        self._file.execute("CREATE INDEX promoted ON promotion (file)")
        self._batch: list[Event] = []
        self._places = 0
        self.promoted = 0

    @classmethod
    def of(
        cls, cases: Iterable[LoggedCase], *, procedure: Procedure, calendar: Calendar, as_of: datetime
    ) -> Counted:
        """Goes through the log once; what was noted after `as_of` is left out."""
        counted = cls(procedure, calendar)
        for number, case in enumerate(cases):
            counted._note(number, [act for act in case.acts if act.noted <= as_of])
        counted._flush()
        counted._settle()
        return counted

    def added_to(self, number: int, acts: Sequence[Act]) -> Sequence[Act]:
        """The acts of a case with its promotions where they belong: after what was noted before them."""
        rows = self._file.execute("SELECT noted, rule FROM promotion WHERE file = ? ORDER BY noted", [number])
        promotions = [self._promotion(noted, rule).act() for noted, rule in rows]
        if not promotions:
            return acts
        return sorted([*acts, *promotions], key=lambda act: act.noted)

    def close(self) -> None:
        """The temporary file is gone."""
        self._file.close()

    # -- the first pass ----------------------------------------------------------------------------------------------

    def _note(self, number: int, acts: Sequence[Act]) -> None:
        file = CaseFile(self._light, calendar=self._calendar)
        places: dict[str, tuple[str, int]] = {}
        ended = False
        for act in acts:
            file.apply(replace(act, number=file.number + 1))
            counted = countings(file.history, self._procedure, of_a_log=True)
            now = {
                watch: (json.dumps(one.key), _micros(one.at))
                for watch, one in counted.items()
                if not one.lacking
            }
            for watch in {*places, *now}:
                self._moved(number, act, places.get(watch), now.get(watch))
            if ended is not file.ended:
                for key, at in now.values():
                    self._event(key, act, number, ENDED if file.ended else OPEN, at)
            places, ended = now, file.ended

    def _moved(
        self, number: int, act: Act, before: tuple[str, int] | None, now: tuple[str, int] | None
    ) -> None:
        if before != now and before is not None:
            self._event(before[0], act, number, GONE, before[1])
        if before != now and now is not None:
            self._event(now[0], act, number, COUNTS, now[1])

    def _event(self, key: str, act: Act, number: int, what: str, at: int) -> None:
        self._places += 1
        self._batch.append((key, _micros(act.noted), self._places, number, what, at))
        if len(self._batch) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        self._file.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)", self._batch)
        self._batch = []

    # -- key by key --------------------------------------------------------------------------------------------------

    def _settle(self) -> None:
        events: Iterator[Event] = self._file.execute("SELECT * FROM event ORDER BY key, noted, place")
        for key, found in groupby(events, key=lambda event: event[0]):
            rules = [one for one in self._rules.values() if one[1].procedure == json.loads(key)[0]]
            rows = [(number, noted, rule) for number, noted, rule in self._of_key(found, rules)]
            self._file.executemany("INSERT INTO promotion VALUES (?, ?, ?)", rows)
            self.promoted += len(rows)

    def _of_key(
        self, events: Iterable[Event], rules: list[CountingRule]
    ) -> Iterator[tuple[int, int, RuleName]]:
        """Who is promoted when by which rule, among the cases with one key. What ended waits until it is reopened."""
        tally, ended = Tally(), set[str]()
        waiting: set[tuple[str, RuleName]] = set()
        for _, noted, _, number, what, at in events:
            case = str(number)
            if what == COUNTS:
                tally.cases[case] = _instant(at)
            elif what == GONE:
                tally.cases.pop(case, None)
            elif what == ENDED:
                ended.add(case)
            else:
                ended.discard(case)
            for entry, rule in self._new(tally, rules):
                waiting.add((entry, rule))
            ready = sorted(
                (entry for entry in waiting if entry[0] not in ended),
                key=lambda entry: (int(entry[0]), entry[1]),
            )
            waiting.difference_update(ready)
            yield from ((int(entry), noted, rule) for entry, rule in ready)

    def _new(self, tally: Tally, rules: list[CountingRule]) -> Iterator[tuple[str, RuleName]]:
        for alarm in due_alarms(tally, rules, zone=self._calendar.zone_info):
            tally.alarmed.setdefault(alarm.rule, set()).update(alarm.files)
            if self._rules[alarm.rule][1].follows:
                yield from ((case, alarm.rule) for case in alarm.files)

    def _promotion(self, noted: int, rule: RuleName) -> Promotion:
        fact, value = self._rules[rule][1].follows or ("", "")
        return Promotion(_instant(noted), rule, fact, value)


def counted_cases(
    log: Log, *, procedure: Procedure, calendar: Calendar, shown: Shown, as_of: datetime, notes: list[Text]
) -> Iterator[LoggedCase]:
    """The cases of a log, each with what rules that count over many cases put on record in it. `notes` says how many."""
    if not any(shape.follows for _, shape in procedure.able(Counts)):
        return log.cases()
    if not _shows_enough(procedure, shown):
        notes.append(NOT_COUNTED)
        return log.cases()
    return _with_promotions(log, procedure, calendar, as_of, notes)


def _with_promotions(
    log: Log, procedure: Procedure, calendar: Calendar, as_of: datetime, notes: list[Text]
) -> Iterator[LoggedCase]:
    counted = Counted.of(log.cases(), procedure=procedure, calendar=calendar, as_of=as_of)
    try:
        for number, case in enumerate(log.cases()):
            acts = counted.added_to(number, case.acts)
            yield case if acts is case.acts else LoggedCase(case.case, acts)
    finally:
        counted.close()
    said = f"按多案计数的规则，{counted.promoted} 件因同类件数达到规定而升级"
    notes.append(Text(said, f"rules that count over many cases promoted {counted.promoted} cases"))


def _shows_enough(procedure: Procedure, shown: Shown) -> bool:
    """Whether a log that shows this tells what is counted."""
    promoting = [(rule, shape) for rule, shape in procedure.able(Counts) if shape.follows]
    return all(shown.fact(word) for rule, shape in promoting for word in (*shape.by, *rule.when.words))


def _micros(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)


def _instant(micros: int) -> datetime:
    return EPOCH + timedelta(microseconds=micros)
