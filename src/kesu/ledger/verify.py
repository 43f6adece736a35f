"""Verification: is the ledger what was written? It reads stored bytes, names the first broken entry, never seals.

First pass: entries by file and number (chain, gaps, columns, leaf, personal values). Second pass: leaves in their
order (gaps, Merkle roots) and checkpoints (columns, signatures). Last: the database triggers. Memory stays bounded
by the largest file; nothing is an ORM object.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection

from kesu.ledger.faults import Fault
from kesu.ledger.keys import trusted_keys
from kesu.ledger.snapshot import snapshot
from kesu.ledger.triggers import check_triggers
from kesu.ledger.verify_entries import Entries
from kesu.ledger.verify_leaves import Leaves

MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What verification saw. `faults` holds the first hundred at most, in order of file and number."""

    entries: int
    files: int
    leaves: int
    checkpoints: int
    unsealed: int
    unsealed_since: datetime | None
    seconds: float
    faults: tuple[Fault, ...]
    fault_count: int

    @property
    def first(self) -> Fault | None:
        """The first thing that is broken."""
        return self.faults[0] if self.faults else None


def verify(organisation: str | None = None) -> Report:
    """Verify one organisation, or all."""
    start = time.perf_counter()
    found = _Found()
    where, parameters = ("WHERE organisation = %s", [organisation]) if organisation else ("", [])
    with snapshot():
        entries = Entries(sizes=_sizes(), report=found)
        entries.walk(where, parameters)
        found.sort()
        leaves = Leaves(trusted=trusted_keys(settings.LEDGER_SIGNING_KEY), report=found)
        leaves.walk(where, parameters)
        for fault in check_triggers():
            found(Fault(what="trigger", detail=fault))
    return Report(
        entries=entries.entries,
        files=entries.files,
        leaves=leaves.leaves,
        checkpoints=leaves.checkpoints,
        unsealed=entries.unsealed,
        unsealed_since=entries.unsealed_since,
        seconds=time.perf_counter() - start,
        faults=tuple(found.faults),
        fault_count=found.count,
    )


class _Found:
    """Collects faults: one for each place, the first hundred kept."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.count = 0
        self._places: set[tuple[object, ...]] = set()

    def __call__(self, fault: Fault) -> None:
        place = (fault.organisation, fault.file, fault.number, fault.leaf, fault.checkpoint)
        if fault.what != "trigger" and place in self._places:
            return
        self.count += 1
        if len(self.faults) < MOST:
            self._places.add(place)
            self.faults.append(fault)

    def sort(self) -> None:
        """Some faults of a file are known at its end only."""
        self.faults.sort(key=lambda fault: (fault.organisation, fault.file or "", fault.number or 0))


def _sizes() -> dict[str, int]:
    """How many leaves the last checkpoint of each organisation says there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT organisation, MAX(size) FROM ledger_checkpoint GROUP BY organisation")
        return dict(cursor.fetchall())
