"""What must hold before anything is served."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import connection

from kesu.ledger.clock_watch import hear_the_database
from kesu.ledger.corrections import take_up_corrections
from kesu.ledger.keys import KeyGone, signing_key
from kesu.ledger.macs import macs_to_write
from kesu.ledger.marked import begin_macs, begin_marks, marks_path, require_marks
from kesu.ledger.marks import Mark, read_marks
from kesu.ledger.read import organisations
from kesu.ledger.triggers import require_triggers


def look_first() -> None:
    """Looks at a ledger before anything about it is put right: a migration makes the triggers anew, whatever they were.

    Raises TriggersDiffer, KeyGone, BehindItsMark, MarksBroken and KeyFileOpen.
    """
    if "ledger_checkpoint" not in connection.introspection.table_names():
        return
    require_triggers()
    _require_key()
    require_marks(read_marks(marks_path()))


def ready_to_serve(now: datetime) -> list[Mark]:
    """The ledger is what was signed, the database refuses changes to it, and keys and marks exist (made at the first start).

    Gives what was adopted, when the marks begin with a ledger that stood there before. Raises what `look_first` raises,
    and KeyFileBroken.
    """
    look_first()
    signing_key(settings.LEDGER_SIGNING_KEY)
    adopted = begin_marks(now) if read_marks(marks_path()) is None else []
    macs_to_write(read_marks(marks_path()))
    begin_macs(now)
    for organisation in organisations():
        take_up_corrections(organisation)
    hear_the_database()
    # The server forks or starts threads after this: none of them may inherit the connection.
    connection.close()
    return adopted


def _require_key() -> None:
    marks = read_marks(marks_path())
    if marks and marks.macs and not settings.LEDGER_MAC_KEY.exists():
        raise KeyGone(settings.LEDGER_MAC_KEY)
    if settings.LEDGER_SIGNING_KEY.exists():
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM ledger_checkpoint LIMIT 1")
        signed = cursor.fetchone() is not None
    if signed or (marks and any(mark.number for mark in marks.newest.values())):
        raise KeyGone(settings.LEDGER_SIGNING_KEY)
