"""Counting over many cases, in the transaction of the act that changes where a case counts (semantics 3.11).

The lock of a watch's key comes before any file: which files a limit concerns is known only once the watch's own file
has been read under it. Then files in the order of their names, then number series, as everywhere (decision 0010).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from kesu.casework.file.case_file import CaseFile
from kesu.casework.file.promoting import PROMOTED
from kesu.casework.many.watching import (
    ALARM,
    CASE,
    COUNTED,
    FILES,
    RAISED,
    WATCHED,
    WIDENED,
    WITHDRAWN,
    Alarm,
    Counting,
    CountingRule,
    Tally,
    countings,
    due_alarms,
)
from kesu.names import FileName, StepName
from kesu.people.models import Edition
from kesu.procedure.history.act import Value
from kesu.procedure.shapes.abilities import Counts
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.rule import Rule

from ..folded.fold import NoSuchFile
from ..folded.recorded import CLOCK, SYSTEM
from ..rows.watch import name_of
from .changes import Changes
from .house_act import begin, note
from .new_file import new_file_of

HOUSE = (CLOCK, SYSTEM)


@dataclass(frozen=True, slots=True)
class Recount:
    """A case that from this act on counts elsewhere, from another day, anew or no longer; or was reopened."""

    file: FileName
    step: str  # what brought it about
    case: CaseFile  # as it will be
    before: Counting | None
    after: Counting | None

    @property
    def elsewhere(self) -> bool:
        """Whether key or time are others; another spelling of a value moves nothing."""
        return self.before is None or self.after is None or self.before.place != self.after.place

    def rules(self, watch: str) -> tuple[CountingRule, ...]:
        """The limits by which the case is counted."""
        return tuple(one for one in self.case.procedure.able(Counts) if one[1].procedure == watch)


@dataclass(slots=True)
class Book:
    """The own file of a watch while it is written: as it will be, and what it counts."""

    name: FileName
    case: CaseFile | None
    tally: Tally


Due = dict[FileName, list[dict[str, Value]]]  # file -> the facts of the promotions that it gets


def count(changes: Changes) -> None:
    """Notes in the watches' files what the collected entries change, raises the alarms that are due, promotes what they
    promote. To be called last before `write`.
    """
    moves = sorted(_recounts(changes), key=lambda move: move.file)
    names = {name_of(one) for move in moves for one in (move.before, move.after) if one is not None}
    if not names:
        return
    _lock(changes.organisation, names)
    books = {name: _book(changes, name) for name in sorted(names)}
    for move in moves:
        _withdraw(changes, books, move)
    due: Due = {}
    for move in moves:
        _count(changes, books, move, due)
    for file in sorted(due):
        for facts in due[file]:
            note(changes, file, PROMOTED, facts)


# -- what the act changes --------------------------------------------------------------------------------------------


def _recounts(changes: Changes) -> Iterator[Recount]:
    """Every case among the files of this act that counts otherwise than before."""
    for file, touched in list(changes.touched.items()):
        if touched.entries and touched.fold.procedure.able(Counts):
            step = next(
                (one.kind for one in touched.entries if one.by not in HOUSE), touched.entries[-1].kind
            )
            yield from _recounted(file, step, touched.fold.case, changes.as_it_will_be(file))
    for file, fresh in list(changes.fresh.items()):
        if fresh.case.procedure.able(Counts):
            yield from _recounted(file, fresh.entries[0].kind, None, fresh.case)


def _recounted(file: FileName, step: str, was: CaseFile | None, case: CaseFile) -> Iterator[Recount]:
    before = _by_watch(was) if was is not None else {}
    after = _by_watch(case)
    reopened = was is not None and was.ended and not case.ended
    for watch in sorted({*before, *after}):
        one = Recount(file, step, case, before.get(watch), after.get(watch))
        if reopened or one.elsewhere:
            yield one


def _by_watch(case: CaseFile) -> dict[str, Counting]:
    """Where a file counts, without the watches of which it lacks a value."""
    found = countings(case.history, case.procedure)
    return {watch: counting for watch, counting in found.items() if not counting.lacking}


# -- the lock and the file of a key ----------------------------------------------------------------------------------


def _lock(organisation: str, names: set[FileName]) -> None:
    """Until the end of the transaction nobody else counts under these keys. SQLite has one writer as it is."""
    if connection.vendor != "postgresql":
        return
    digests = (hashlib.sha256(f"{organisation}\0{name}".encode()).digest() for name in names)
    with connection.cursor() as cursor:
        for number in sorted({int.from_bytes(digest[:8], signed=True) for digest in digests}):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _book(changes: Changes, name: FileName) -> Book:
    try:
        case = changes.as_it_will_be(name)
    except NoSuchFile:
        return Book(name, None, Tally())
    return Book(name, case, Tally.of(case.history.acts))


# -- counting --------------------------------------------------------------------------------------------------------


def _withdraw(changes: Changes, books: Mapping[FileName, Book], move: Recount) -> None:
    if move.before is None:
        return
    book = books[name_of(move.before)]
    if move.file in book.tally.cases and move.elsewhere:
        facts: dict[str, Any] = {CASE: move.file, FACT.BY_STEP: move.step}
        _note(changes, book, move.before, WITHDRAWN, facts)


def _count(changes: Changes, books: Mapping[FileName, Book], move: Recount, due: Due) -> None:
    now = move.after
    if now is None:
        return
    book, rules = books[name_of(now)], move.rules(now.watch)
    if book.tally.cases.get(move.file) != now.at:
        values = dict(zip(now.by, now.values, strict=True))
        facts: dict[str, Any] = {CASE: move.file, FACT.KIND: now.procedure, WATCHED: list(now.by), **values}
        _note(changes, book, now, COUNTED, facts, at=min(now.at, changes.now))
    assert book.case is not None
    for alarm in due_alarms(book.tally, rules, zone=book.case.calendar.zone_info):
        _raise(changes, book, now, alarm, next(one for one in rules if one[0].name == alarm.rule), due)
    _catch_up(book, move, rules, due)


def _raise(
    changes: Changes, book: Book, counting: Counting, alarm: Alarm, counted_by: CountingRule, due: Due
) -> None:
    """The alarm's own entry, and what it promotes: every open file that is new to it; those that ended are marked."""
    assert book.case is not None
    rule, shape = counted_by
    files = [FileName(file) for file in alarm.files]
    ended = [file for file in files if shape.follows and changes.as_it_will_be(file).ended]
    if book.case.ended:
        _note(changes, book, counting, STEP.REOPENED, {FACT.BY_STEP: RAISED})
    facts: dict[str, Value] = {
        ALARM: alarm.rule, FACT.COUNTED: str(alarm.counted), FACT.ALARM_LIMIT: str(shape.least),
        FACT.ALARM_DAYS: str(shape.days), FACT.WINDOW_FROM: alarm.first.isoformat(),
        FACT.WINDOW_TO: alarm.last.isoformat(), FILES: [*files],
    }  # fmt: skip
    if ended:
        facts[FACT.ENDED_FILES] = ended
    _note(changes, book, counting, WIDENED if alarm.wider else RAISED, facts)
    for file in files:
        if shape.follows and file not in ended:
            _called(due, file, rule, shape.follows, book)


def _catch_up(book: Book, move: Recount, rules: tuple[CountingRule, ...], due: Due) -> None:
    """A case that had ended when its alarm was raised and is opened again gets the promotion now."""
    if move.case.ended:
        return
    for rule, shape in rules:
        promoted = any(act.facts.get(FACT.RULE) == rule.name for act in move.case.history.all(PROMOTED))
        alarmed = move.file in book.tally.alarmed.get(rule.name, ())
        if shape.follows and alarmed and not promoted:
            _called(due, move.file, rule, shape.follows, book)


def _called(due: Due, file: FileName, rule: Rule, follows: tuple[str, str], book: Book) -> None:
    assert book.case is not None
    fact, value = follows
    mine = due.setdefault(file, [])
    if all(facts[FACT.RULE] != rule.name for facts in mine):
        alarms = [act for step in (RAISED, WIDENED) for act in book.case.history.all(step)]
        last = max(act.number for act in alarms if act.facts.get(ALARM) == rule.name)
        mine.append({fact: value, FACT.RULE: rule.name, FACT.FROM: f"{book.name}#{last}"})


# -- entries of the house --------------------------------------------------------------------------------------------


def _note(
    changes: Changes,
    book: Book,
    counting: Counting,
    step: StepName,
    facts: Mapping[str, Value],
    *,
    at: datetime | None = None,
) -> None:
    """An entry in the watch's own file, which begins with the first."""
    if book.case is None:
        new = new_file_of(changes.directory, _edition(changes, counting.watch), site=None)
        begin(changes, new, facts, step=step, at=at, name=book.name)
        book.case = changes.as_it_will_be(book.name)
        book.tally.take(book.case.history.acts[0])
    else:
        book.tally.take(note(changes, book.name, step, facts, at=at))


def _edition(changes: Changes, watch: str) -> str:
    """The watch's edition in force; when all were withdrawn the last one: an arrival is refused for want of nothing."""
    edition: Edition | None = changes.directory.edition_at(watch, changes.now)
    found = edition or changes.directory.editions[watch][-1]
    return found.digest
