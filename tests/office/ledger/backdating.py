"""What a clock that was wrong, or somebody who sets dates back, leaves in a ledger that is otherwise whole."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from tests.office.ledger.tampering import tamper, without_triggers
from tests.office.ledger.writers import NINE, entry

from kesu.ledger.checkpoint import signed
from kesu.ledger.entry import body_of, digest_of
from kesu.ledger.keys import signing_key
from kesu.ledger.macs import macs_to_write
from kesu.ledger.marked import marks_path
from kesu.ledger.marks import read_marks
from kesu.ledger.read import head
from kesu.ledger.seal import last_checkpoint, seal
from kesu.ledger.triggers import make_triggers

AGO = timedelta(days=100)


def backdated() -> None:
    """An entry of a hundred days before, after the last one of case/1 of `lab`, written by this house and sealed at that date."""
    last = head("lab", "case/1")
    new = entry()
    then = NINE - AGO
    body = body_of(
        new,
        organisation="lab",
        file="case/1",
        number=last.number + 1,
        noted=then,
        at=then,
        previous=last.digest,
        commitments={},
    )
    columns = "organisation, file, number, kind, person, digest, body, mac"
    tamper(
        f"INSERT INTO ledger_entry ({columns}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        "lab",
        "case/1",
        last.number + 1,
        new.kind,
        new.by,
        digest_of(body),
        body,
        macs_to_write(read_marks(marks_path())).of(digest_of(body)),
    )
    seal("lab", NINE + timedelta(minutes=1))
    made = last_checkpoint("lab")
    assert made is not None
    text, signature = signed(
        organisation="lab",
        number=made.statement.number,
        size=made.statement.size,
        root=bytes.fromhex(made.statement.root),
        time=then,
        key=signing_key(settings.LEDGER_SIGNING_KEY),
    )
    without_triggers()
    tamper(
        "UPDATE ledger_checkpoint SET body = %s, signature = %s WHERE organisation = 'lab' AND number = %s",
        text,
        signature,
        made.statement.number,
    )
    make_triggers()
