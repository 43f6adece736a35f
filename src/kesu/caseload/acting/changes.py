"""What one act writes: entries of one file or of several that are linked, and the rows that follow, together or not at all.

Files that exist are written in the order of their names, then values that are used once are locked, then new files take
their numbers: everybody locks in this order, so nobody waits for somebody who waits for him.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from django.db import IntegrityError

from kesu.casework.file.case_file import CaseFile
from kesu.casework.file.effects import by_clock
from kesu.ledger.append import append, lost
from kesu.ledger.entry import NewEntry, StoredEntry
from kesu.ledger.erase import erase
from kesu.ledger.read import NOTHING, entries_of
from kesu.ledger.statements import Statements
from kesu.names import FileName, PersonId
from kesu.people.directory import Directory
from kesu.procedure.history.act import Act, Value

from ..folded.fold import Folded, Later, folded_from, folds
from ..folded.recorded import CLOCK, SYSTEM, new_entry
from ..models import CaseRow, Keyed
from ..rows.case import case_rows
from ..rows.following import write_anew
from ..rows.projection import keyed, refresh
from ..rows.used_once import UsedElsewhere, held, hold, trips, used_rows
from .owed_by_time import owed
from .series import next_label

BEHIND = timedelta(seconds=60)  # a clock this far behind takes the last time of the file (semantics 2.5)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends an act in: a person, with the key that his command is answered by and the digest of that command."""

    by: PersonId
    key: str | None = None
    command: str | None = None


OF_THE_CLOCK: Final = Sender(PersonId(CLOCK))
OF_THE_HOUSE: Final = Sender(PersonId(SYSTEM))


@dataclass
class Touched:
    """A file that exists, taken out for this act, and what is to be appended to it."""

    fold: Folded
    before: Keyed
    entries: list[NewEntry] = field(default_factory=list)
    case: CaseFile | None = None  # as it will be, from the moment that somebody asks
    owed: list[Act] = field(default_factory=list)  # what time owes it, until something is appended


@dataclass
class Fresh:
    """A file that this act opens, as it will be; its number is taken when it is written."""

    file: FileName
    prefix: str
    entries: list[NewEntry]
    case: CaseFile
    site: str | None


@dataclass
class Changes:
    """What one act is going to write, in one file or in several that are linked: collects, then writes, all or nothing.

    One is made for one transaction, inside `writing()`, and its calls come in this order:

    1. `take` each existing file that is read or written: its fold is this act's alone until it is given back;
    2. `as_it_will_be`: the one copy of a file on which this act works. What time owes the file by now has been applied
       to it already; those entries are appended before anything else, and only if something else is;
    3. `append` acts that have been applied to that copy, in their order; `open` new files. `house_act.note` does both
       for an act of the house. Nothing is in the database yet;
    4. `watch_counts.count`, which may take, append and open more, under the locks of watches;
    5. `write`, once. Or `give_back`, when nothing is to be written.

    Locks are taken by 4 and 5 only, in this order: keys of watches; files by name (the append itself); values used once;
    number series by prefix. A fold goes back into memory when the transaction has been committed, never before; after
    an exception the folds are dropped and read anew from the ledger.

    - `directory`: the organisation with its persons, posts and editions, as of this act.
    - `now`: the time of noting (aware). A file whose last entry is up to 60 s ahead moves it forward to that entry's.
    - `touched`: the files taken, by name: the fold, its rows before, the entries to append.
    - `fresh`: the files to open, by name, in the order in which they were asked for; written by prefix, each with its
      number.
    - `stored`: what stands in the ledger now, by file; filled by `write`.

    Raises NoSuchFile (`take`, `as_it_will_be`); Conflict when somebody else wrote first, among them UsedElsewhere
    (`write`): roll back and begin anew with a new one; ClockWentBack, HappensLater and NotCanonical from the ledger.
    """

    directory: Directory
    now: datetime
    touched: dict[FileName, Touched] = field(default_factory=dict)
    fresh: dict[FileName, Fresh] = field(default_factory=dict)
    stored: dict[FileName, list[StoredEntry]] = field(default_factory=dict)

    @property
    def organisation(self) -> str:
        """Whose files these are."""
        return self.directory.organisation.organisation

    def take(self, file: FileName, later: Later | None = None) -> Folded:
        """A file for this act alone; `later` is what was read of it already. The act's clock is never behind the file's.

        Raises NoSuchFile.
        """
        if file not in self.touched:
            fold = folds.take(self.organisation, file, later)
            rows = fold.rows if fold.rows is not None else keyed(case_rows(fold))
            self.touched[file] = Touched(fold, rows)
            last = fold.head.noted
            if last is not None and self.now < last and last - self.now <= BEHIND:
                self.now = last
        return self.touched[file].fold

    def as_it_will_be(self, file: FileName) -> CaseFile:
        """The file with everything that is to be appended to it so far, and with what time owes it; always the same copy.

        Whoever applies an act to it has to `append` it as well. Takes the file if nobody has. Raises NoSuchFile.
        """
        if (fresh := self.fresh.get(file)) is not None:
            return fresh.case
        fold = self.take(file)
        touched = self.touched[file]
        if touched.case is None:
            touched.case = fold.case.copy()
            row = touched.before[CaseRow, ()]
            touched.owed = owed(
                touched.case,
                directory=self.directory,
                calendar=row["calendar"],
                site=row["site"],
                now=self.now,
            )
        return touched.case

    def append(
        self,
        file: FileName,
        act: Act,
        sender: Sender | None = None,
        *,
        aside: Mapping[str, Value] | None = None,
    ) -> None:
        """An act to append, also to a file that this act opens; it has been applied to the file `as_it_will_be`.

        Without `sender` it is one of the clock or of the house. `aside` are facts that stand in the entry beside those of
        the act: of the file itself, read by no rule.
        """
        self.append_owed(file)
        self._append(file, act, sender, aside)

    def append_owed(self, file: FileName) -> list[Act]:
        """Appends what time owes the file, if nobody has; gives those acts."""
        touched = self.touched.get(file)
        acts, owing = ([], touched) if touched is None else (touched.owed, touched)
        if owing is not None:
            owing.owed = []
        for act in acts:
            self._append(file, act, None, None)
        return acts

    def _append(
        self, file: FileName, act: Act, sender: Sender | None, aside: Mapping[str, Value] | None
    ) -> None:
        sent = sender or (OF_THE_CLOCK if by_clock(act) else OF_THE_HOUSE)
        fresh = self.fresh.get(file)
        entries = fresh.entries if fresh is not None else self.touched[file].entries
        edition = fresh.entries[0].edition if fresh is not None else self.touched[file].fold.edition
        entries.append(
            new_entry(act, by=sent.by, edition=edition, key=sent.key, command=sent.command, also=aside)
        )

    def open(
        self,
        case: CaseFile,
        entries: list[NewEntry],
        *,
        site: str | None = None,
        series: str = "",
        name: FileName | None = None,
    ) -> FileName:
        """A new case file with these first entries, which `case` has seen; gives its name.

        Its number is taken when it is written, by the prefix that the organisation settled for the procedure and, if
        given, a `series` of its own.
        """
        procedure = case.procedure.id
        prefix = self.directory.settings.get(procedure, {}).get("number series") or procedure.upper()
        file = name or FileName(f"case/{uuid4().hex}")
        self.fresh[file] = Fresh(file, f"{prefix}-{series}" if series else prefix, entries, case, site)
        return file

    def site_of(self, file: FileName) -> str | None:
        """The site whose calendar a file is counted by, and the files that it opens with it. Raises NoSuchFile."""
        fresh = self.fresh.get(file)
        return fresh.site if fresh is not None else self.take(file).own.get("site")

    def write(self) -> None:
        """Appends everything and brings the rows up to date. Raises Conflict when somebody was first."""
        sending = Statements()
        try:
            written = self._append_all(sending)
            self._hold(written, sending)
            for file, entries in written.items():
                self._project(self.touched[file].fold, self.touched[file].before, entries, sending)
            for fresh in sorted(self.fresh.values(), key=lambda one: one.prefix):
                self._write_new(fresh, sending)
            sending.send()
        except IntegrityError as broken:
            if trips(broken):
                raise UsedElsewhere("a value that is used once is used by another file") from broken
            raise lost(broken) or broken from broken
        for touched in self.touched.values():
            folds.put(touched.fold)

    def _append_all(self, sending: Statements) -> dict[FileName, list[StoredEntry]]:
        """The entries of the files that exist, in the order of their names."""
        written = {}
        for file in sorted(self.touched):
            touched = self.touched[file]
            if touched.entries:
                written[file] = append(
                    organisation=self.organisation,
                    file=file,
                    expected=touched.fold.head,
                    entries=touched.entries,
                    into=sending,
                )
                touched.fold.grow(written[file], touched.case)
        return written

    def _hold(self, written: Iterable[FileName], sending: Statements) -> None:
        """Takes the locks of values that are used once: all of them after the files, before any number of a series."""
        wanted = {}
        for file in written:
            touched = self.touched[file]
            rows = keyed(used_rows(touched.fold.case))
            wanted[file] = held(row for key, row in rows.items() if touched.before.get(key) != row)
        for file, fresh in self.fresh.items():
            wanted[file] = held(row for _, row in used_rows(fresh.case))
        wanted = {file: values for file, values in wanted.items() if values}
        if wanted:
            sending.send()
            hold(self.organisation, wanted)

    def _write_new(self, fresh: Fresh, sending: Statements) -> None:
        sending.send()
        label = next_label(
            organisation=self.organisation,
            prefix=fresh.prefix,
            noted=self.now,
            zone=self.directory.organisation.zone,
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
            into=sending,
        )
        fold = folded_from(self.organisation, fresh.file, written)
        self._project(fold, {}, written, sending)
        folds.put(fold)

    def _project(self, fold: Folded, before: Keyed, written: list[StoredEntry], sending: Statements) -> None:
        after = keyed(case_rows(fold))
        refresh(organisation=self.organisation, file=fold.file, before=before, after=after, into=sending)
        fold.rows = after
        self.stored[fold.file] = written

    def erase(self, file: FileName, values: Sequence[tuple[int, str]], entry: NewEntry) -> int:
        """Erases personal values; the file is folded anew, since what it was told has changed. Gives the entry.

        Raises NothingToErase when one of the values is not there, and Conflict.
        """
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
        sending = Statements()
        self._project(fold, touched.before, [written], sending)
        sending.send()
        write_anew(fold)
        folds.put(fold)
        return written.number

    def give_back(self) -> None:
        """Puts the folds back as they were taken, when nothing is to be written."""
        for touched in self.touched.values():
            folds.put(touched.fold)
