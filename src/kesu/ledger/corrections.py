"""Corrections of the clock: entries by which two persons say that from now on it is right, and that what bears a later time was
written by one that was wrong.

No entry is touched by it. A file whose newest entry lies in the future goes on after it, at the right time; that its times
then fall once, and those of the checkpoints, is what the correction explains, and verification names it beside the entries
that it is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

import orjson
from django.db import connection

from kesu.ledger.entry import StoredEntry, instant, moment, stored
from kesu.ledger.marked import begin_marks, marks_path
from kesu.ledger.marks import ClockCorrected, add, read_marks
from kesu.ledger.snapshot import rows_of, snapshot

FILE: Final = "clock/main"
PROPOSED: Final = "clock correction proposed"
CORRECTED: Final = "clock corrected"
_NO_ENTRY: Final = (ValueError, KeyError, TypeError, AttributeError)  # verification names what cannot be read


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Entry `number` of the file of the clock: noted at `time` by `by`, as `proposed_by` had said at `since`.

    From `since` on the clock is right. Whatever was on record then with a later time, `until` at the latest, was written by a
    wrong clock; `checkpoint` is the last one that had been signed.
    """

    organisation: str
    number: int
    proposed_by: str
    by: str
    reason: str
    since: datetime
    time: datetime
    until: datetime
    checkpoint: int

    def explains(self, before: datetime, after: datetime) -> bool:
        """Whether times may fall from `before` to `after`."""
        return before <= self.until and after >= self.since


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """Entries of one file that a wrong clock wrote, by their numbers."""

    file: str
    numbers: tuple[int, ...]


@lru_cache(maxsize=2)
def corrections_of(organisation: str) -> tuple[Correction, ...]:
    """In their order, of what this moment's snapshot shows; whoever verifies anew clears what was kept (`cache_clear`)."""
    return tuple(read_corrections(organisation))


def read_corrections(organisation: str) -> Iterator[Correction]:
    """Those that two persons made; one that somebody made alone explains nothing."""
    proposals: dict[int, StoredEntry] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT body FROM ledger_entry WHERE organisation = %s AND file = %s ORDER BY number",
            [organisation, FILE],
        )
        bodies = [bytes(row[0]) for row in cursor.fetchall()]
    for body in bodies:
        try:
            entry = stored(body)
            if entry.kind == PROPOSED:
                proposals[entry.number] = entry
            elif entry.kind == CORRECTED and (proposed := proposals[entry.facts["entry"]]).by != entry.by:
                yield Correction(
                    organisation=organisation,
                    number=entry.number,
                    proposed_by=proposed.by,
                    by=entry.by,
                    reason=str(proposed.facts["reason"]),
                    since=proposed.noted,
                    time=entry.noted,
                    until=moment(entry.facts["until"]),
                    checkpoint=int(entry.facts["checkpoint"]),
                )
        except _NO_ENTRY:
            continue


def explained(corrections: Sequence[Correction], before: str, after: str) -> bool:
    """Whether one of them explains that times fall so, both as they are written."""
    return any(before <= instant(one.until) and after >= instant(one.since) for one in corrections)


def newest_instant(organisation: str) -> datetime | None:
    """The latest time that any entry of the organisation bears; reads all of them."""
    with snapshot():
        newest = max((noted for _, _, noted, _ in _noted(organisation)), default="")
    return moment(newest) if newest else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A correction with the entries that it explains."""

    correction: Correction
    between: tuple[Between, ...]


def corrected(organisation: str) -> Iterator[Corrected]:
    """Each correction with the entries from before it that bear a later time, in the snapshot of the caller."""
    for one in corrections_of(organisation):
        between = tuple(entries_between(one, _covered_after(organisation, one.checkpoint)))
        yield Corrected(correction=one, between=between)


def _covered_after(organisation: str, checkpoint: int) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT size FROM ledger_checkpoint WHERE organisation = %s AND number > %s ORDER BY number LIMIT 1",
            [organisation, checkpoint],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def entries_between(correction: Correction, covered: int | None) -> list[Between]:
    """The entries that bear a time after the correction and were there before it, in the snapshot of the caller.

    `covered`: how many entries the first checkpoint after it covers; None where there is none yet.
    """
    since, until = instant(correction.since), instant(correction.until)
    numbers: dict[str, list[int]] = {}
    for file, number, noted, leaf in _noted(correction.organisation):
        if since < noted <= until and (covered is None or (leaf is not None and leaf <= covered)):
            numbers.setdefault(file, []).append(number)
    return [
        Between(file=file, numbers=tuple(ones))
        for file, ones in numbers.items()
        if file != FILE or ones[0] < correction.number - 1
    ]


def take_up_corrections(organisation: str) -> None:
    """Writes into the marks what people said of the clock, where that is not there yet: the process may have died in between.

    Raises MarksBroken and KeyFileOpen.
    """
    marks = read_marks(marks_path())
    corrections = list(read_corrections(organisation))
    known = marks.corrected.get(organisation) if marks else None
    if not corrections or (known is not None and known.time >= corrections[-1].time):
        return
    one = corrections[-1]
    if marks is None:
        begin_marks(one.time)
    line = ClockCorrected(
        organisation=organisation, number=one.checkpoint, since=one.since, until=one.until, time=one.time
    )
    add(marks_path(), line)


def _noted(organisation: str) -> Iterator[tuple[str, int, str, int | None]]:
    """File, number, time noted and leaf of every entry that can be read."""
    for file, number, body, leaf in rows_of(
        "SELECT e.file, e.number, e.body, l.number FROM ledger_entry e LEFT JOIN ledger_leaf l"
        " ON l.organisation = e.organisation AND l.file = e.file AND l.entry = e.number"
        " WHERE e.organisation = %s ORDER BY e.file, e.number",
        [organisation],
    ):
        try:
            yield file, number, str(orjson.loads(body)["noted"]), leaf
        except _NO_ENTRY:
            continue
