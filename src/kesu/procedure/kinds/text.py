"""Free text: an account, a reason, a reply."""

from __future__ import annotations

from datetime import datetime

from .kind import Filled, Given, Kind


class FreeText(Kind):
    """Written freely: stands beside the ledger, can be erased, and no rule may compare it (semantics 3.3)."""

    name = "text"
    free_text = True
    spoken = True

    def from_form(self, filled: Filled, *, now: datetime, zone: str) -> Given | None:
        """As it was typed, line breaks and spaces at the end included."""
        return Given(filled.texts[0]) if filled.texts else None


TEXT = FreeText()
