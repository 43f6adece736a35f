"""Drafts of editions that wait for the signature of the person at this screen."""

from __future__ import annotations

from kesu.procedure.written.canonical import from_canonical
from kesu.reading.text import Text
from kesu.registry.drafts import Draft, waiting_drafts

from ..who.here import Here


def drafts_to_sign(here: Here) -> list[tuple[Draft, Text]]:
    """Each with the title of its procedure, as the draft itself has it."""
    mine = (one for one in waiting_drafts(here.organisation) if one.turn == here.person)
    return [(one, from_canonical(one.text).title) for one in mine]
