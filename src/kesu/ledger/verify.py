"""Verification: is the ledger what was written? It reads stored bytes, names the first broken entry, never seals.

Files: entries by number (chain, gaps, columns, leaf, personal values). Then what is sealed: leaves in their order (gaps,
Merkle roots) and checkpoints (columns, signatures). Last: the database triggers. Memory stays bounded by the largest
file; nothing is an ORM object. All of it is seen at one moment, by one process or by several.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from kesu.ledger.faults import MOST, Fault
from kesu.ledger.keys import trusted_keys
from kesu.ledger.readers import at_one_moment
from kesu.ledger.triggers import check_triggers
from kesu.ledger.verify_parts import check, parts_of


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


def verify(organisation: str | None = None, *, processes: int = 1) -> Report:
    """Verify one organisation, or all; what is found does not depend on how many processes look (`readers.cores`).

    Raises KeyFileOpen and KeyFileBroken when the signing key cannot be used, ReaderGone when a process was lost.
    """
    start = time.perf_counter()
    trusted = trusted_keys(settings.LEDGER_SIGNING_KEY)
    with at_one_moment(check, processes=processes) as checked:
        pieces = checked(parts_of(organisation, trusted))
        triggers = [Fault(what="trigger", detail=detail) for detail in check_triggers()]
    faults = [fault for piece in pieces for fault in piece.faults.kept]
    return Report(
        entries=sum(piece.entries for piece in pieces),
        files=sum(piece.files for piece in pieces),
        leaves=sum(piece.leaves for piece in pieces),
        checkpoints=sum(piece.checkpoints for piece in pieces),
        unsealed=sum(piece.unsealed for piece in pieces),
        unsealed_since=min((piece.unsealed_since for piece in pieces if piece.unsealed_since), default=None),
        seconds=time.perf_counter() - start,
        faults=tuple([*faults, *triggers][:MOST]),
        fault_count=sum(piece.faults.count for piece in pieces) + len(triggers),
    )
