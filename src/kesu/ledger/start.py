"""What must hold before anything is served."""

from __future__ import annotations

from django.conf import settings
from django.db import connection

from kesu.ledger.keys import signing_key
from kesu.ledger.triggers import require_triggers


def ready_to_serve() -> None:
    """The database refuses changes to the ledger, and the signing key exists (made now, at the first start).

    Raises TriggersDiffer, KeyFileOpen and KeyFileBroken.
    """
    require_triggers()
    signing_key(settings.LEDGER_SIGNING_KEY)
    # The server forks or starts threads after this: none of them may inherit the connection.
    connection.close()
