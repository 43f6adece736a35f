"""存证: how many entries a file has, its head, and how many of them a signed checkpoint covers."""

from __future__ import annotations

from dataclasses import dataclass

from kesu.caseload.asking.opened import CaseView
from kesu.ledger.models import Unsealed


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """The state of one file in the ledger. `head` is the digest of its last entry, hexadecimal."""

    entries: int
    head: str
    unsealed: int

    @property
    def groups(self) -> str:
        """The first sixteen characters of the head in groups of four, to be compared by eye."""
        return " ".join(self.head[place : place + 4] for place in range(0, 16, 4))


def ledger_line(organisation: str, view: CaseView) -> LedgerLine:
    """Counted on the list of what waits for the next seal."""
    waiting = Unsealed.objects.filter(organisation=organisation, file=view.row.file).count()
    return LedgerLine(view.number, view.row.head, waiting)
