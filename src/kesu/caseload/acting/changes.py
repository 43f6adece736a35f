"""What one act writes: entries of one file or of several that are linked, and the rows that follow, together or not at all.

Files that exist are written in the order of their names, then values that are used once are locked, then new files take
their numbers: everybody locks in this order, so nobody waits for somebody who waits for him.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import IntegrityError

from kesu.casework.file.case_file import CaseFile
from kesu.casework.file.effects import by_clock
from kesu.ledger.append import append
from kesu.ledger.entry import NewEntry, StoredEntry
from kesu.ledger.erase import erase
from kesu.ledger.read import NOTHING, entries_of
from kesu.people.directory import Directory
from kesu.procedure.history.act import Act
from kesu.procedure.written.model import Procedure

from ..folded.books import procedure_by_digest
from ..folded.fold import Folded, first_of, folded_from, folds
from ..folded.recorded import CLOCK, SYSTEM, act_in, new_entry
from ..models import CaseRow, Row
from ..rows.case import case_rows
from ..rows.projection import refresh
from ..rows.used_once import UsedElsewhere, hold, trips, used_rows
from .owed_by_time import owed
from .series import next_label

BEHIND = timedelta(seconds=60)  # a clock this far behind takes the last time of the file (semantics 2.5)


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
    """What one act is going to write, in one file or in several that are linked: collects, then writes, all or nothing.

    One is made for one transaction, inside `writing()`, and its calls come in this order:

    1. `take` each existing file that is read or written: its fold is this act's alone until it is given back;
    2. `owed` on a copy of the fold: what time owes the file, to be added before anything else;
    3. `add` the acts in their order, `open` new files. Nothing is in the database yet; `standing` gives a copy of a file
       with all that was added so far;
    4. `counting.count`, which may take, add and open more, under the locks of watches;
    5. `write`, once. Or `give_back`, when nothing is to be written.

    Locks are taken by 4 and 5 only, in this order: keys of watches; files by name (the append itself); values used once;
    number series by prefix. A fold goes back into memory when the transaction has been committed, never before; after
    an exception the folds are dropped and read anew from the ledger.

    - `directory`: the organisation with its persons, posts and editions, as of this act.
    - `now`: the time of noting (aware). A file whose last entry is up to 60 s ahead moves it forward to that entry's.
    - `touched`: the files taken, by name: the fold, its rows before, the entries to append.
    - `fresh`: the files to open, in the order in which they were asked for; written by prefix, each with its number.
    - `stored`: what stands in the ledger now, by file; filled by `write`.

    Raises NoSuchFile (`take`); Conflict when somebody else wrote first, among them UsedElsewhere (`write`): roll back
    and begin anew with a new one; ClockWentBack, HappensLater and NotCanonical from the ledger.
    """

    directory: Directory
    now: datetime
    touched: dict[str, Touched] = field(default_factory=dict)
    fresh: list[Fresh] = field(default_factory=list)
    stored: dict[str, list[StoredEntry]] = field(default_factory=dict)

    @property
    def organisation(self) -> str:
        """Whose files these are."""
        return self.directory.organisation.organisation

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
        return owed(trial, directory=self.directory, calendar=row["calendar"], site=row["site"], now=self.now)

    def add(self, file: str, act: Act, *, by: str | None = None, **more: Any) -> None:
        """An act to append, also to a file that this act opens; without `by` it is one of the clock or of the house."""
        sender = by or (CLOCK if by_clock(act) else SYSTEM)
        new = next((one for one in self.fresh if one.file == file), None)
        if new is not None:
            new.entries.append(new_entry(act, by=sender, edition=new.entries[0].edition, **more))
            return
        fold = self.touched[file].fold
        self.touched[file].entries.append(new_entry(act, by=sender, edition=fold.edition, **more))

    def standing(self, file: str) -> CaseFile:
        """A file as it will be, with everything that is to be appended to it so far: the caller's own copy."""
        new = next((one for one in self.fresh if one.file == file), None)
        if new is not None:
            case, entries = first_of(self.organisation, new.entries[0]), new.entries
        else:
            case, entries = self.take(file).case.copy(), self.touched[file].entries
        for entry in entries:
            case.apply(act_in(entry, number=case.number + 1))
        return case

    def open(
        self, procedure: Procedure, entries: list[NewEntry], *, series: str = "", name: str | None = None
    ) -> str:
        """A new case file with these first entries; gives its name. Its label is not known before it is written."""
        file = name or f"case/{uuid4().hex}"
        prefix = self.directory.settings.get(procedure.id, {}).get("number series") or procedure.id.upper()
        prefix = f"{prefix}-{series}" if series else prefix
        self.fresh.append(Fresh(file, prefix, self.directory.organisation.zone, entries))
        return file

    def write(self) -> None:
        """Appends everything and brings the rows up to date. Raises Conflict when somebody was first."""
        written: dict[str, list[StoredEntry]] = {}
        for file in sorted(self.touched):
            touched = self.touched[file]
            if touched.entries:
                fold = touched.fold
                written[file] = append(
                    organisation=self.organisation, file=file, expected=fold.head, entries=touched.entries
                )
                fold.grow(written[file])
        self._hold(written)
        for file, entries in written.items():
            touched = self.touched[file]
            self._project(file, touched.fold, touched.before, entries)
        for fresh in sorted(self.fresh, key=lambda one: one.prefix):
            self._write_new(fresh)
        for touched in self.touched.values():
            folds.put(touched.fold)

    def _hold(self, written: Iterable[str]) -> None:
        """Takes the locks of values that are used once, all of them before any number of a series."""
        coming = {}
        for file in written:
            touched = self.touched[file]
            rows = used_rows(touched.fold.case)
            coming[file] = [row for row in rows if row not in touched.before] if rows else []
        for fresh in self.fresh:
            if procedure_by_digest(self.organisation, str(fresh.entries[0].edition)).once:
                coming[fresh.file] = used_rows(self.standing(fresh.file))
        hold(self.organisation, coming)

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
        try:
            refresh(organisation=self.organisation, file=file, before=before, after=after)
        except IntegrityError as broken:
            if not trips(broken):
                raise
            raise UsedElsewhere(f"{file}: a value that is used once is used by another file") from broken
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
