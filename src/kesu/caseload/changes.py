"""What one act writes: entries of one file or of several that are linked, and the rows that follow, together or not at all.

Files that exist are written in the order of their names, then new ones, which take their numbers last: everybody locks
in this order, so nobody waits for somebody who waits for him.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from kesu.casework.file import CaseFile
from kesu.ledger.append import append
from kesu.ledger.entry import NewEntry, StoredEntry
from kesu.ledger.erase import erase
from kesu.ledger.read import NOTHING, entries_of
from kesu.people.cast import Cast
from kesu.procedure.history import Act
from kesu.procedure.model import Procedure

from .fold import Folded, folded_from, folds
from .models import CaseRow
from .owing import owed
from .projection import Row, refresh
from .recorded import CLOCK, SYSTEM, new_entry
from .rows import case_rows
from .series import next_label

BEHIND = timedelta(seconds=60)  # a clock this far behind takes the last time of the file (semantics 2.5)
BY_CLOCK = frozenset({"fell late", "rescheduled"})


@dataclass
class Touched:
    """A file that exists, taken out for this act, and what is to be appended to it."""

    fold: Folded
    before: list[Row]
    entries: list[NewEntry] = field(default_factory=list)


@dataclass
class Fresh:
    """A file that this act opens; its number is taken when it is written."""

    file: str
    prefix: str
    zone: str
    entries: list[NewEntry]


@dataclass
class Changes:
    """Collects, then writes. A fold goes back to memory only when the transaction has been committed."""

    cast: Cast
    now: datetime
    touched: dict[str, Touched] = field(default_factory=dict)
    fresh: list[Fresh] = field(default_factory=list)
    stored: dict[str, list[StoredEntry]] = field(default_factory=dict)

    @property
    def organisation(self) -> str:
        """Whose files these are."""
        return self.cast.organisation.organisation

    def take(self, file: str) -> Folded:
        """A file for this act alone. Raises NoSuchFile. The clock of the act is never behind the file's."""
        if file not in self.touched:
            fold = folds.take(self.organisation, file)
            rows = fold.rows if fold.rows is not None else case_rows(fold)
            self.touched[file] = Touched(fold, rows)
            last = fold.head.noted
            if last is not None and self.now < last and last - self.now <= BEHIND:
                self.now = last
        return self.touched[file].fold

    def owed(self, fold: Folded, trial: CaseFile) -> list[Act]:
        """What the clock owes the file by now; applied to `trial`, a copy of its fold."""
        row = next(row for model, row in self.touched[fold.file].before if model is CaseRow)
        return owed(trial, cast=self.cast, calendar=row["calendar"], site=row["site"], now=self.now)

    def add(self, file: str, act: Act, *, by: str | None = None, **more: Any) -> None:
        """An act to append; without `by` it is one of the clock or of the house."""
        fold = self.touched[file].fold
        sender = by or (CLOCK if act.step in BY_CLOCK else SYSTEM)
        self.touched[file].entries.append(new_entry(act, by=sender, edition=fold.edition, **more))

    def open(self, procedure: Procedure, entries: list[NewEntry], *, series: str = "") -> str:
        """A new case file with these first entries; gives its name. Its label is not known before it is written."""
        file = f"case/{uuid4().hex}"
        prefix = self.cast.settings.get(procedure.id, {}).get("number series") or procedure.id.upper()
        prefix = f"{prefix}-{series}" if series else prefix
        self.fresh.append(Fresh(file, prefix, self.cast.organisation.zone, entries))
        return file

    def write(self) -> None:
        """Appends everything and brings the rows up to date. Raises Conflict when somebody was first."""
        for file in sorted(self.touched):
            touched = self.touched[file]
            if touched.entries:
                fold = touched.fold
                written = append(
                    organisation=self.organisation, file=file, expected=fold.head, entries=touched.entries
                )
                fold.grow(written)
                self._project(file, fold, touched.before, written)
        for fresh in self.fresh:
            self._write_new(fresh)
        for touched in self.touched.values():
            folds.put(touched.fold)

    def _write_new(self, fresh: Fresh) -> None:
        label = next_label(
            organisation=self.organisation, prefix=fresh.prefix, noted=self.now, zone=fresh.zone
        )
        numbered: Mapping[str, Any] = {
            "label": str(label),
            "series": [label.prefix, label.year, label.number],
        }
        first = replace(fresh.entries[0], facts={**fresh.entries[0].facts, **numbered})
        written = append(
            organisation=self.organisation,
            file=fresh.file,
            expected=NOTHING,
            entries=[first, *fresh.entries[1:]],
        )
        fold = folded_from(self.organisation, fresh.file, written)
        self._project(fresh.file, fold, [], written)
        folds.put(fold)

    def _project(self, file: str, fold: Folded, before: list[Row], written: list[StoredEntry]) -> None:
        after = case_rows(fold)
        refresh(organisation=self.organisation, file=file, before=before, after=after)
        fold.rows = after
        self.stored[file] = written

    def erase(self, file: str, values: Sequence[tuple[int, str]], entry: NewEntry) -> int:
        """Erases personal values; the file is folded anew, since what it was told has changed. Gives the entry."""
        touched = self.touched.pop(file)
        edition = touched.fold.edition
        written = erase(
            organisation=self.organisation,
            file=file,
            expected=touched.fold.head,
            values=values,
            entry=replace(entry, edition=edition),
        )
        fold = folded_from(self.organisation, file, entries_of(self.organisation, file))
        self._project(file, fold, touched.before, [written])
        folds.put(fold)
        return written.number

    def give_back(self) -> None:
        """Puts the folds back as they were taken, when nothing is to be written."""
        for touched in self.touched.values():
            folds.put(touched.fold)
