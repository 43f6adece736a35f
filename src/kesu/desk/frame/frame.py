"""The entries at the side: at most seven, and only those that the person may open."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kesu.people.posts import ADMINISTRATOR, ASSESSOR, REGISTRAR

from ..who.here import Here, watches_here

QUALITY = "quality manager"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry at the side."""

    title: str
    address: str
    current: bool


def entries(here: Here, path: str) -> list[Entry]:
    """What this person can go to."""
    found = [
        (_("My work"), "work", here.handles_cases),
        (_("Cases"), "cases", here.handles_cases or here.holds(ASSESSOR)),
        (_("Batches"), "batches", watches_here(here) and (here.handles_cases or here.holds(ASSESSOR))),
        (_("Items and work"), "items", sees_items(here)),
        (_("Procedures and calendars"), "procedures", True),
        (_("People and posts"), "people", True),
        (_("Acts that were barred"), "barred", here.holds(QUALITY, ASSESSOR)),
        (_("Ledger"), "ledger", True),
    ]
    made = [(title, reverse(name)) for title, name, open_ in found if open_]
    return [
        Entry(title, address, path == address if address == "/" else path.startswith(address))
        for title, address in made
    ]


def sees_items(here: Here) -> bool:
    """Whether the register of items, which names who did which work, is open to this person."""
    return here.holds(REGISTRAR, ADMINISTRATOR, ASSESSOR, QUALITY)


def sees_log(here: Here) -> bool:
    """Whether the log of sign-ins and look-ups is open to this person."""
    return here.holds(ADMINISTRATOR, ASSESSOR)
