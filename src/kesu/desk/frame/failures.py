"""When the program itself fails: a number that page and log both show, and what was typed, so that nobody types it again."""

from __future__ import annotations

import secrets
from typing import Final

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from kesu.upkeep.machine import MachineFault

SECRET: Final = frozenset({"password", "old", "new", "again", "code"})  # fields that no page ever repeats
NUMBER: Final = "failure"  # the attribute of a request
MARK: Final = "csrfmiddlewaretoken"


def number_of(request: HttpRequest) -> str:
    """The number of its failure, always the same: short enough to be said on the telephone."""
    given = getattr(request, NUMBER, None)
    if given is None:
        given = drawn_number()
        setattr(request, NUMBER, given)  # the log, which comes after the page, takes it from here
    return str(given)


def drawn_number() -> str:
    """Another one."""
    drawn = secrets.token_hex(4).upper()
    return f"{drawn[:4]}-{drawn[4:]}"


def status_of(fault: MachineFault | None) -> int:
    """What a failure is answered with: 503 where the machine is at fault, so that the same may be sent again later."""
    return 503 if fault else 500


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields that were sent, in their order, to be repeated to whom they came from.

    None when they cannot be read, when a password is among them, or before it was seen that this browser sent them from a page
    of ours.
    """
    if not getattr(request, "csrf_processing_done", False):
        return []
    try:
        sent = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    except (SuspiciousOperation, RequestDataTooBig, UnreadablePostError, MultiPartParserError, ValueError):
        return []
    if any(name in SECRET for name, _ in sent):
        return []
    return [(name, value) for name, value in sent if name != MARK]
