"""The log of sign-ins and look-ups."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kesu.people.provider import TITLES

from ..models import Access

LONGEST_ADDRESS: Final = 60  # characters of the column
SIGNED_IN, PHONE, READ = "signed in", "contact shown", "description read"
PASSWORD_GIVEN, SESSION_ENDED = "password given", "session ended"
SECOND_SET, SECOND_ENDED, SECOND_RESET = "second factor set", "second factor ended", "second factor reset"
BY_PROVIDER: Final = "signed in by "  # and the name of the provider
JOINED, PARTED, PARTED_FOR = "account joined", "account parted", "account of somebody parted"
RECOVERY_USED: Final = "recovery code used"
FILE_OPENED: Final = "file opened"
CASE_READ: Final = "case read"
LIST_OUT = "list taken out"
PRINTED: Final = "printed"
DRAWN: Final = "cases drawn"
CODE_GIVEN: Final = "lookup code given"
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


def _providers() -> list[tuple[str, str]]:
    lang = "en" if (get_language() or "zh").startswith("en") else "zh"
    return [(name, title.en if lang == "en" else title.zh) for name, title in TITLES.items()]


def titles() -> dict[str, str]:
    """What each kind of line is called."""
    return {
        SIGNED_IN: _("Signed in"),
        PHONE: _("Contact details shown"),
        READ: _("Published description read"),
        PRINTED: _("Document printed"),
        DRAWN: _("Cases drawn to be looked into"),
        LIST_OUT: _("List of cases taken out as a file"),
        CODE_GIVEN: _("Code given to a complainant"),
        EXPORTED: _("Ledger exported, without personal values"),
        EXPORTED_WHOLE: _("Ledger exported with personal values"),
        CASE_READ: _("Confidential case read, or a case by who is here to read"),
        FILE_OPENED: _("File of a case opened"),
        PASSWORD_GIVEN: _("New password given to somebody"),
        SESSION_ENDED: _("Somebody was signed out"),
        SECOND_SET: _("Second factor set up"),
        SECOND_ENDED: _("Second factor given up"),
        SECOND_RESET: _("Second factor of somebody reset"),
        JOINED: _("Account elsewhere joined to a sign-in"),
        PARTED: _("Account elsewhere parted from a sign-in"),
        PARTED_FOR: _("Account elsewhere parted from the sign-in of somebody"),
        **{
            BY_PROVIDER + name: _("Signed in by %(title)s") % {"title": title} for name, title in _providers()
        },
        RECOVERY_USED: _("Signed in with a recovery code"),
    }
