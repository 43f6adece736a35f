"""Verification: is the ledger what was written? It reads stored bytes, names the first broken entry, never seals.

First the marks beside the signing key: what was signed once has to be there. Files: entries by number (chain, gaps,
columns, authentication code, leaf, personal values). Then what is sealed: leaves in their order (gaps,
Merkle roots) and checkpoints (columns, signatures). Last: the database triggers. Memory stays bounded by the largest
file; nothing is an ORM object. All of it is seen at one moment, by one process or by several.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from kesu.ledger.checkpoint import Statement
from kesu.ledger.corrections import Corrected, corrected, corrections_of
from kesu.ledger.faults import MOST, Fault
from kesu.ledger.keys import trusted_keys, unsigned_retired
from kesu.ledger.logs import against_logs
from kesu.ledger.marked import (
    against_marks,
    marks_path,
    newest_checkpoints,
    other_mac_keys,
    own_fingerprint,
    wanted_macs,
)
from kesu.ledger.marks import Marks, MarksBroken, read_marks
from kesu.ledger.read import organisations
from kesu.ledger.readers import at_one_moment
from kesu.ledger.stamps_kept import Stamped, stamps
from kesu.ledger.triggers import check_triggers, strange_triggers
from kesu.ledger.verify_parts import check, parts_of
from kesu.ledger.verify_times import seal_times


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What verification saw.

    `faults` holds the first hundred at most: what is behind its mark, then in order of file and number. `marks` is what
    stands beside the signing key, None where nothing does; `key` the fingerprint of the key that signs here, if there is one;
    `newest` the last checkpoint of each organisation; `corrected` each correction of the clock with the entries that it explains;
    `stamped` the newest time stamp of each organisation that holds.
    """

    entries: int
    files: int
    leaves: int
    checkpoints: int
    unsealed: int
    unsealed_since: datetime | None
    seconds: float
    faults: tuple[Fault, ...]
    fault_count: int
    key: str | None
    marks: Marks | None
    newest: tuple[Statement, ...]
    corrected: tuple[Corrected, ...] = ()
    stamped: tuple[Stamped, ...] = ()

    @property
    def first(self) -> Fault | None:
        """The first thing that is broken."""
        return self.faults[0] if self.faults else None

    def and_also(self, faults: Sequence[Fault]) -> Report:
        """The same, with what others found in the same ledger."""
        return replace(
            self,
            faults=tuple([*self.faults, *faults][:MOST]),
            fault_count=self.fault_count + len(faults),
        )


def verify(organisation: str | None = None, *, processes: int = 1) -> Report:
    """Verify one organisation, or all; what is found does not depend on how many processes look (`readers.cores`).

    Raises KeyFileOpen and KeyFileBroken when a key cannot be used, ReaderGone when a process was lost. Marks that
    cannot be read are a fault.
    """
    start = time.perf_counter()
    trusted = trusted_keys(settings.LEDGER_SIGNING_KEY)
    marks, unreadable = _marks()
    seal_times.cache_clear()
    corrections_of.cache_clear()
    with at_one_moment(check, processes=processes) as checked:
        pieces = checked(parts_of(organisation, trusted, lambda name: wanted_macs(name, marks)))
        marked = [*unreadable, *against_marks(organisation, marks), *other_mac_keys(organisation, marks)]
        stamped, unstamped = stamps(organisation, marks)
        marked += [*against_logs(marks), *unstamped]
        newest = newest_checkpoints(organisation)
        explained = _corrected(organisation)
        triggers = [
            Fault(what="trigger", detail=detail) for detail in (*check_triggers(), *strange_triggers())
        ]
        retired = unsigned_retired(settings.LEDGER_SIGNING_KEY)
        triggers += [Fault(what="retired key", detail=key[:16]) for key in retired]
    faults = [fault for piece in pieces for fault in piece.faults.kept]
    return Report(
        entries=sum(piece.entries for piece in pieces),
        files=sum(piece.files for piece in pieces),
        leaves=sum(piece.leaves for piece in pieces),
        checkpoints=sum(piece.checkpoints for piece in pieces),
        unsealed=sum(piece.unsealed for piece in pieces),
        unsealed_since=min((piece.unsealed_since for piece in pieces if piece.unsealed_since), default=None),
        seconds=time.perf_counter() - start,
        faults=tuple([*marked, *faults, *triggers][:MOST]),
        fault_count=len(marked) + sum(piece.faults.count for piece in pieces) + len(triggers),
        key=own_fingerprint(),
        marks=marks,
        newest=newest,
        corrected=explained,
        stamped=tuple(stamped),
    )


def _corrected(organisation: str | None) -> tuple[Corrected, ...]:
    """The corrections of the clock of one organisation, or of all."""
    names = [organisation] if organisation is not None else organisations()
    return tuple(one for name in names for one in corrected(name))


def _marks() -> tuple[Marks | None, list[Fault]]:
    """The marks as they were before anything is looked at: whoever seals meanwhile is ahead of them."""
    try:
        return read_marks(marks_path()), []
    except MarksBroken as broken:
        return None, [Fault(what="marks broken", detail=f"{broken.path}:{broken.line}")]
