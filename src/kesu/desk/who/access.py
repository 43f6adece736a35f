"""The log of sign-ins and look-ups."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..models import Access

SIGNED_IN, PHONE, READ = "signed in", "contact shown", "description read"
PASSWORD_GIVEN = "password given"


def note_access(
    request: HttpRequest, what: str, *, organisation: str, now: datetime, person: str = "", file: str = ""
) -> None:
    """Writes one line."""
    Access.objects.create(
        organisation=organisation, person=person, what=what, file=file, address=address_of(request), when=now
    )


def address_of(request: HttpRequest) -> str:
    """The address that a request came from, as the server saw it."""
    return str(request.META.get("REMOTE_ADDR", ""))[:60]


def titles() -> dict[str, str]:
    """What each kind of line is called."""
    return {
        SIGNED_IN: _("Signed in"),
        PHONE: _("Contact details shown"),
        READ: _("Published description read"),
        PASSWORD_GIVEN: _("New password given to somebody"),
    }
