"""The log of sign-ins and look-ups."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..models import Access

LONGEST_ADDRESS: Final = 60  # characters of the column
SIGNED_IN, PHONE, READ = "signed in", "contact shown", "description read"
PASSWORD_GIVEN = "password given"
EXPORTED, EXPORTED_WHOLE = "ledger exported", "exported with personal values"


def note_access(
    request: HttpRequest, what: str, *, organisation: str, now: datetime, person: str = "", file: str = ""
) -> None:
    """Writes one line."""
    Access.objects.create(
        organisation=organisation, person=person, what=what, file=file, address=address_of(request), when=now
    )


def note_export(*, organisation: str, file: str | None, personal: bool, account: str, now: datetime) -> None:
    """Writes one line: an account of the server takes the ledger, or one file of it, out of the house."""
    Access.objects.create(
        organisation=organisation,
        what=EXPORTED_WHOLE if personal else EXPORTED,
        file=file or "",
        address=f"command line, {account}"[:LONGEST_ADDRESS],
        when=now,
    )


def address_of(request: HttpRequest) -> str:
    """The address that a request came from, as the server saw it."""
    return str(request.META.get("REMOTE_ADDR", ""))[:LONGEST_ADDRESS]


def titles() -> dict[str, str]:
    """What each kind of line is called."""
    return {
        SIGNED_IN: _("Signed in"),
        PHONE: _("Contact details shown"),
        READ: _("Published description read"),
        EXPORTED: _("Ledger exported, without personal values"),
        EXPORTED_WHOLE: _("Ledger exported with personal values"),
        PASSWORD_GIVEN: _("New password given to somebody"),
    }
