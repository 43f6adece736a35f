"""The folded files, kept in memory between acts.

Whoever wants one takes it out; nobody else has it meanwhile, and a fold that met an error is not put back. What others
have written since is read from the ledger each time (one statement), so a fold is never behind what is committed.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from django.db import transaction

from kesu.casework.file.case_file import CaseFile
from kesu.casework.file.edition_move import MOVING
from kesu.casework.waiting.memory import Memory
from kesu.ledger.entry import StoredEntry
from kesu.ledger.read import NOTHING, Head, entries_of, head_of
from kesu.names import FileName
from kesu.procedure.history.act import Act
from kesu.procedure.words import Lexicon, in_its_words
from kesu.procedure.words.names import FACT
from kesu.procedure.written.model import Procedure
from kesu.review.clause_panel import Readings
from kesu.worktime.calendar import Calendar

from ..models import Keyed
from .books import Calendars, Editions, NotReadable, calendar_by_digest, procedure_by_digest
from .recorded import act_of

KEPT = 512


class NoSuchFile(LookupError):
    """The ledger holds no file of this name in this organisation, or none that this release can read."""


@dataclass
class Folded:
    """One case file up to its head, with what its first entry says of it."""

    organisation: str
    file: FileName
    case: CaseFile
    first: StoredEntry
    head: Head = NOTHING
    rows: Keyed | None = None  # the rows that follow from it, as they are stored
    memory: Memory = field(default_factory=Memory)  # what was found out of its steps
    readings: Readings = field(default_factory=Readings)  # what was judged of its entries

    @property
    def procedure(self) -> Procedure:
        """The edition that the case is judged by."""
        return self.case.procedure

    @property
    def words(self) -> Lexicon:
        """The words of that edition."""
        return self.case.words

    @property
    def edition(self) -> str:
        """The digest of that edition: the one it was opened under, or the last one it was moved to."""
        moved = self.case.history.last(MOVING)
        return str(moved.facts[FACT.EDITION_DIGEST] if moved else self.first.edition)

    @property
    def own(self) -> Mapping[str, Any]:
        """The facts that the file itself carries: label, series, calendar, site, parent."""
        return self.first.facts

    @in_its_words
    def grow(self, entries: list[StoredEntry], ahead: CaseFile | None = None) -> None:
        """Applies entries that stand in the ledger.

        `ahead` is a copy of the case on which somebody has worked. Where the acts that he applied are, to the letter,
        those that the ledger now holds, it takes the place of the case, and nothing is applied twice.
        """
        acts = [act_of(entry) for entry in entries]
        if ahead is not None and _to_the_letter(ahead.history.acts[self.case.number :], acts):
            self.case = ahead
            ahead.history.elsewhere = frozenset()  # asked for one command
        else:
            for act in acts:
                self.case.apply(act)
        if entries:
            self.head, self.rows = head_of(entries), None


def _to_the_letter(applied: list[Act], stored: list[Act]) -> bool:
    """Whether these are the same acts, also in how their times and facts are written: facts in the order of the bytes."""
    return applied == stored and all(
        one.at.tzinfo is UTC and one.noted.tzinfo is UTC and [*one.facts] == [*other.facts]
        for one, other in zip(applied, stored, strict=True)
    )


def new_file(*, organisation: str, procedure: Procedure, calendar: Calendar, site: str) -> CaseFile:
    """An empty file, before its first entry."""
    return CaseFile(
        procedure,
        calendar=calendar,
        calendars=Calendars(organisation, site),
        editions=Editions(organisation),
    )


def folded_from(organisation: str, file: str, entries: list[StoredEntry]) -> Folded:
    """The fold of these entries, which begin with the first."""
    made = Folded(organisation, FileName(file), first_of(organisation, entries[0]), entries[0])
    made.grow(entries)
    return made


def first_of(organisation: str, first: StoredEntry) -> CaseFile:
    """An empty file with the edition, the calendar and the site that its first entry names."""
    assert first.edition is not None
    site = str(first.facts.get("site") or "")
    return new_file(
        organisation=organisation,
        procedure=procedure_by_digest(organisation, first.edition),
        calendar=calendar_by_digest(organisation, str(first.facts["calendar"]), site),
        site=site,
    )


@dataclass(frozen=True, slots=True)
class Later:
    """The entries of a file after number `after`, as they stand now."""

    after: int
    entries: list[StoredEntry]


class Folds:
    """At most `KEPT` folds; the one that was longest not wanted goes first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], Folded] = OrderedDict()
        self._lock = threading.Lock()

    def known_up_to(self, organisation: str, file: FileName) -> int:
        """The number of the last entry of the fold that is kept; 0 when there is none."""
        with self._lock:
            kept = self._kept.get((organisation, file))
        return 0 if kept is None else kept.head.number

    def take(self, organisation: str, file: FileName, later: Later | None = None) -> Folded:
        """The fold up to what is committed, for this caller alone; `later` is what was read already. Raises NoSuchFile."""
        with self._lock:
            kept = self._kept.pop((organisation, file), None)
        if kept is not None:
            number = kept.head.number
            fresh = later is not None and later.after == number
            entries = later.entries if later and fresh else entries_of(organisation, file, after=number)
            if not entries or entries[0].previous == kept.head.digest:
                kept.grow(entries)
                return kept
        entries = entries_of(organisation, file)
        if not entries:
            raise NoSuchFile(f"no file “{file}”")
        try:
            return folded_from(organisation, file, entries)
        except NotReadable as wrong:
            raise NoSuchFile(f"the edition of “{file}” cannot be read: {wrong}") from wrong

    def put(self, fold: Folded) -> None:
        """Gives a fold back, as soon as all that it holds is committed."""
        transaction.on_commit(lambda: self._keep(fold))

    def _keep(self, fold: Folded) -> None:
        with self._lock:
            self._kept[fold.organisation, fold.file] = fold
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)

    def forget(self) -> None:
        """Drops everything, for tests and after a database was put back."""
        with self._lock:
            self._kept.clear()


folds = Folds()
