"""Counting over many cases, in the transaction of the act that changes where a case counts (semantics 3.11).

The lock of a watch's key comes before any file: which files a limit concerns is known only once the watch's own file
has been read under it. Then files in the order of their names, then number series, as everywhere (decision 0010).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from kesu.casework.deciding.decide import children_to_open
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
    Tally,
    countings,
    due_alarms,
)
from kesu.people.models import Edition
from kesu.procedure.history.act import Act, Value
from kesu.procedure.shapes.watch import Watch
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.rule import Rule

from ..folded.books import procedure_by_digest
from ..folded.fold import NoSuchFile
from ..folded.recorded import CLOCK, SYSTEM
from ..rows.watch import name_of
from .changes import Changes
from .linked_files import open_children, open_file

HOUSE = (CLOCK, SYSTEM)


@dataclass(frozen=True, slots=True)
class Move:
    """A case that from this act on counts elsewhere, from another day, anew or no longer; or was reopened."""

    file: str
    step: str  # what brought it about
    case: CaseFile  # as it will be
    before: Counting | None
    after: Counting | None

    @property
    def elsewhere(self) -> bool:
        """Whether key or time are others; another spelling of a value moves nothing."""
        return self.before is None or self.after is None or self.before.place != self.after.place

    def rules(self, watch: str) -> tuple[Rule, ...]:
        """The limits by which the case is counted."""
        return tuple(rule for rule in self.case.procedure.watches if _shape(rule).procedure == watch)


@dataclass(slots=True)
class Book:
    """The own file of a watch while it is written: as it will be, and what it counts."""

    name: str
    case: CaseFile | None
    tally: Tally


Due = dict[str, list[dict[str, Value]]]  # file -> the facts of the promotions that it gets


def count(changes: Changes) -> None:
    """Notes in the watches' files what the collected entries change, raises the alarms that are due, promotes what they
    promote. To be called last before `write`.
    """
    moves = sorted(_moves(changes), key=lambda move: move.file)
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
        _promote(changes, file, due[file])


def _shape(rule: Rule) -> Watch:
    assert isinstance(rule.shape, Watch)
    return rule.shape


# -- what the act changes --------------------------------------------------------------------------------------------


def _moves(changes: Changes) -> Iterator[Move]:
    """Every case among the files of this act that counts otherwise than before."""
    for file, touched in list(changes.touched.items()):
        if touched.entries and touched.fold.procedure.watches:
            step = next(
                (one.kind for one in touched.entries if one.by not in HOUSE), touched.entries[-1].kind
            )
            yield from _moved(file, step, touched.fold.case, changes.standing(file))
    for fresh in list(changes.fresh):
        if procedure_by_digest(changes.organisation, str(fresh.entries[0].edition)).watches:
            yield from _moved(fresh.file, fresh.entries[0].kind, None, changes.standing(fresh.file))


def _moved(file: str, step: str, was: CaseFile | None, case: CaseFile) -> Iterator[Move]:
    before = _by_watch(was) if was is not None else {}
    after = _by_watch(case)
    reopened = was is not None and was.ended and not case.ended
    for watch in sorted({*before, *after}):
        one = Move(file, step, case, before.get(watch), after.get(watch))
        if reopened or one.elsewhere:
            yield one


def _by_watch(case: CaseFile) -> dict[str, Counting]:
    """Where a file counts, without the watches of which it lacks a value."""
    found = countings(case.history, case.procedure)
    return {watch: counting for watch, counting in found.items() if not counting.lacking}


# -- the lock and the file of a key ----------------------------------------------------------------------------------


def _lock(organisation: str, names: set[str]) -> None:
    """Until the end of the transaction nobody else counts under these keys. SQLite has one writer as it is."""
    if connection.vendor != "postgresql":
        return
    digests = (hashlib.sha256(f"{organisation}\0{name}".encode()).digest() for name in names)
    with connection.cursor() as cursor:
        for number in sorted({int.from_bytes(digest[:8], signed=True) for digest in digests}):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _book(changes: Changes, name: str) -> Book:
    try:
        changes.take(name)
    except NoSuchFile:
        return Book(name, None, Tally())
    case = changes.standing(name)
    return Book(name, case, Tally.of(case.history.acts))


# -- counting --------------------------------------------------------------------------------------------------------


def _withdraw(changes: Changes, books: Mapping[str, Book], move: Move) -> None:
    if move.before is None:
        return
    book = books[name_of(move.before)]
    if move.file in book.tally.cases and move.elsewhere:
        facts: dict[str, Any] = {CASE: move.file, FACT.BY_STEP: move.step}
        _note(changes, book, move.before, WITHDRAWN, facts)


def _count(changes: Changes, books: Mapping[str, Book], move: Move, due: Due) -> None:
    now = move.after
    if now is None:
        return
    book, rules = books[name_of(now)], move.rules(now.watch)
    if book.tally.cases.get(move.file) != now.at:
        values = dict(zip(now.by, now.values, strict=True))
        facts: dict[str, Any] = {CASE: move.file, FACT.KIND: now.procedure, WATCHED: list(now.by), **values}
        _note(changes, book, now, COUNTED, facts, at=now)
    assert book.case is not None
    for alarm in due_alarms(book.tally, rules, zone=book.case.calendar.zone_info):
        _raise(changes, book, now, alarm, next(rule for rule in rules if rule.name == alarm.rule), due)
    _catch_up(book, move, rules, due)


def _raise(changes: Changes, book: Book, counting: Counting, alarm: Alarm, rule: Rule, due: Due) -> None:
    """The alarm's own entry, and what it promotes: every open file that is new to it; those that ended are marked."""
    assert book.case is not None
    shape = _shape(rule)
    ended = [file for file in alarm.files if shape.follows and changes.standing(file).ended]
    if book.case.ended:
        _note(changes, book, counting, STEP.REOPENED, {FACT.BY_STEP: RAISED})
    facts: dict[str, Value] = {
        ALARM: alarm.rule, FACT.COUNTED: str(alarm.counted), FACT.ALARM_LIMIT: str(shape.least),
        FACT.ALARM_DAYS: str(shape.days), FACT.WINDOW_FROM: alarm.first.isoformat(),
        FACT.WINDOW_TO: alarm.last.isoformat(), FILES: list(alarm.files),
    }  # fmt: skip
    if ended:
        facts[FACT.ENDED_FILES] = ended
    _note(changes, book, counting, WIDENED if alarm.wider else RAISED, facts)
    for file in alarm.files:
        if shape.follows and file not in ended:
            _called(due, file, rule, book)


def _catch_up(book: Book, move: Move, rules: tuple[Rule, ...], due: Due) -> None:
    """A case that had ended when its alarm was raised and is opened again gets the promotion now."""
    if move.case.ended:
        return
    for rule in rules:
        promoted = any(act.facts.get(FACT.RULE) == rule.name for act in move.case.history.all(PROMOTED))
        alarmed = move.file in book.tally.alarmed.get(rule.name, ())
        if _shape(rule).follows and alarmed and not promoted:
            _called(due, move.file, rule, book)


def _called(due: Due, file: str, rule: Rule, book: Book) -> None:
    assert book.case is not None
    fact, value = _shape(rule).follows or ("", "")
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
    step: str,
    facts: Mapping[str, Value],
    *,
    at: Counting | None = None,
) -> None:
    """An entry in the watch's own file, which begins with the first."""
    if book.case is None:
        _begin(changes, book, counting, facts)
        return
    if book.name in changes.touched and not changes.touched[book.name].entries:
        for act in changes.owed(changes.touched[book.name].fold, book.case):
            changes.add(book.name, act)
    act = _act(changes, book.case, step, facts, at)
    _add(changes, book.name, book.case, act)
    book.tally.take(act)


def _act(changes: Changes, case: CaseFile, step: str, facts: Mapping[str, Value], at: Counting | None) -> Act:
    when = min(at.at, changes.now) if at is not None else changes.now
    return Act(number=case.number + 1, step=step, at=when, noted=changes.now, facts=facts)


def _begin(changes: Changes, book: Book, counting: Counting, facts: Mapping[str, Value]) -> None:
    edition = _edition(changes, counting.watch)
    procedure = procedure_by_digest(changes.organisation, edition)
    first = Act(number=1, step=COUNTED, at=min(counting.at, changes.now), noted=changes.now, facts=facts)
    open_file(changes, procedure, edition, first, site=None, name=book.name)
    book.case = changes.standing(book.name)
    book.tally.take(first)


def _edition(changes: Changes, watch: str) -> str:
    """The watch's edition in force; when all were withdrawn the last one: an arrival is refused for want of nothing."""
    edition: Edition | None = changes.directory.edition_at(watch, changes.now)
    found = edition or changes.directory.editions[watch][-1]
    return found.digest


def _promote(changes: Changes, file: str, promotions: list[dict[str, Value]]) -> None:
    case = changes.standing(file)
    touched = changes.touched.get(file)
    if touched is not None and not touched.entries:
        for act in changes.owed(touched.fold, case):
            changes.add(file, act)
    for facts in promotions:
        _add(changes, file, case, _act(changes, case, PROMOTED, facts, None))


def _add(changes: Changes, file: str, case: CaseFile, act: Act) -> None:
    """An act with what follows from it and what it opens; all are applied to `case`."""
    case.apply(act)
    changes.add(file, act)
    for one in case.following(at=changes.now, noted=changes.now):
        case.apply(one)
        changes.add(file, one)
    if not case.ended:
        touched = changes.touched.get(file)
        site = touched.fold.own.get("site") if touched else None
        open_children(changes, file, case, children_to_open(case), site=site)
