"""The entries at the side: at most seven, and only those that the table offers to the person."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kesu.people.permissions import (
    BARRED,
    BATCHES,
    CASES,
    DRAW,
    ITEMS,
    LEDGER,
    PEOPLE,
    PRICES,
    PROCEDURES,
    SETTLE,
    WORK,
)
from kesu.procedure.shapes.abilities import Counts, KnowsPrices

from ..who.here import Here


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry at the side."""

    title: str
    address: str
    current: bool


def entries(here: Here, path: str) -> list[Entry]:
    """What this person can go to."""
    pages = [
        (_("My work"), "work", WORK),
        (_("Cases"), "cases", CASES),
        (_("Draw cases"), "draw", DRAW),
        *(
            [(_("Batches"), "batches", BATCHES)]
            if any(procedure.able(Counts) for procedure in here.procedures)
            else []
        ),
        (_("Items and work"), "items", ITEMS),
        *(
            [(_("Prices"), "prices", PRICES)]
            if any(procedure.able(KnowsPrices) for procedure in here.procedures)
            else []
        ),
        (_("Procedures and calendars"), "procedures", PROCEDURES),
        (_("People and posts"), "people", PEOPLE),
        (_("Acts that were barred"), "barred", BARRED),
        (_("Set up"), "setup", SETTLE),
        (_("Ledger"), "ledger", LEDGER),
    ]
    addresses = [(title, reverse(name)) for title, name, row in pages if here.is_offered(row)]
    return [
        Entry(title, address, path == address if address == "/" else path.startswith(address))
        for title, address in addresses
    ]
