"""Everything that looks at a ledger, asked one after the other: which of it names something?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from django.conf import settings
from django.db import transaction
from tests.office.offices import forget
from tests.office.tampered.home import LATER, Kept

from kesu.caseload.rebuilding.claims import claims
from kesu.caseload.rebuilding.gaps import gaps
from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.caseload.rebuilding.sign_ins import altered_sign_ins
from kesu.ledger import heads
from kesu.ledger.export import NothingToExport, export_ledger
from kesu.ledger.keys import trusted_keys
from kesu.ledger.marked import BehindItsMark
from kesu.ledger.marks import MarksBroken
from kesu.ledger.offline.kesu_verify import NotAnExport, Verifier
from kesu.ledger.read import organisations
from kesu.ledger.seal import CheckpointBroken, ClockWentBack, NotWrittenHere, seal
from kesu.ledger.start import look_first
from kesu.ledger.triggers import TriggersDiffer
from kesu.ledger.verify import verify


class Undone(Exception):
    """What was done inside is taken back."""


@contextmanager
def taken_back() -> Iterator[None]:
    """The database, the marks and what is kept in memory are afterwards as they were."""
    marks = settings.LEDGER_MARKS.read_bytes()
    try:
        with transaction.atomic():
            yield
            raise Undone
    except Undone:
        pass
    finally:
        settings.LEDGER_MARKS.write_bytes(marks)
        heads._kept.clear()
        forget()


def named_by(kept: Kept) -> str:
    """The first that names something in the database as it stands, in the order in which they come to see it; none: empty."""
    forget()
    asked = {
        "start": starts_not,
        "kesu verify": verify_names,
        "kesu rebuild --check": lambda: bool(rebuild(check=True)),
        "offline": lambda: any(away_names(exported(each), kept) for each in _known(kept)),
        "sealer": sealer_stops,
    }
    return next((name for name, names in asked.items() if names()), "")


def starts_not() -> bool:
    """Whether `kesu serve` refuses to start."""
    try:
        look_first()
    except (TriggersDiffer, BehindItsMark, MarksBroken):
        return True
    return False


def verify_names() -> bool:
    """Whether `kesu verify` names something but the triggers, which stand as they must."""
    named = [*verify().faults, *gaps(None), *claims(None), *altered_sign_ins(None)]
    return any(fault.what != "trigger" for fault in named)


def sealer_stops() -> bool:
    """Whether the sealer seals nothing more of some organisation."""
    for organisation in organisations():
        try:
            with transaction.atomic():
                seal(organisation, LATER)
        except (BehindItsMark, CheckpointBroken, ClockWentBack, NotWrittenHere):
            return True
    return False


def exported(organisation: str, file: str | None = None, *sizes: int) -> bytes:
    """The ledger, or one file of it, as somebody else gets it; nothing where it has gone."""
    to = BytesIO()
    try:
        export_ledger(organisation=organisation, to=to, file=file, personal=True, kept=sizes)
    except NothingToExport:
        return b""
    return to.getvalue()


def away_names(export: bytes, kept: Kept) -> bool:
    """Whether the verifier away from Kesu names something, given the key and what was kept elsewhere."""
    mine = [one for one in kept if f'"organisation":"{_of(export)}"' in str(one["body"])]
    try:
        verifier = Verifier("en", sorted(trusted_keys(settings.LEDGER_SIGNING_KEY)), mine)
        verifier.read(BytesIO(export))
    except NotAnExport:
        return True
    return bool(verifier.faults)


def _of(export: bytes) -> str:
    try:
        return str(json.loads(export.split(b"\n", 1)[0])["organisation"])
    except (ValueError, KeyError, TypeError):
        return ""


def _known(kept: Kept) -> list[str]:
    """The organisations that stand there, and those of which somebody keeps a checkpoint."""
    return sorted({*organisations(), *(json.loads(str(one["body"]))["organisation"] for one in kept)})
