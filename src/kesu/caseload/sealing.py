"""A file is sealed when it ends (semantics 3.5). The loop seals everything else, and what could not be sealed here."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction

from kesu.ledger.seal import seal


def seal_when_committed(organisation: str, now: datetime) -> None:
    """Seals after the commit of this transaction. What cannot be sealed is logged and left to the loop: the act stands."""
    transaction.on_commit(partial(seal, organisation, now), robust=True)
