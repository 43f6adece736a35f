"""A file is sealed when it ends (semantics 3.5). The loop seals everything else, and what could not be sealed here."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction

from kesu.ledger.seal import seal

log = logging.getLogger(__name__)


def seal_when_committed(organisation: str, now: datetime) -> None:
    """Seals after the commit of this transaction."""

    def after_commit() -> None:
        """The act is on record whether this works or not: what goes wrong is logged and left to the loop."""
        try:
            seal(organisation, now)
        except Exception:
            log.exception("%s: a file has ended but is not sealed yet; the loop will try again", organisation)

    transaction.on_commit(after_commit)
