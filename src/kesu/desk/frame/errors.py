"""What people read when an address leads nowhere, a form is too old, or the program itself failed."""

from __future__ import annotations

import logging
import sys

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kesu.ledger.clock_doubt import ClockWrong
from kesu.people.directory import directory_of
from kesu.people.models import User
from kesu.upkeep.machine import fault_of

from ..who.form_drafts import left_by
from ..who.here import chosen, present, spoken
from ..who.middleware import HEADERS
from .alone import page_alone
from .failures import number_of, status_of, typed
from .render import render
from .signing_in import sign_in_page

log = logging.getLogger(__name__)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The address leads nowhere."""
    return render(request, None, "error.html", status=404, what="missing", typed=[])


def broken(request: HttpRequest) -> HttpResponse:
    """What failed, in words where it was the clock or the machine; the number under which the log tells why; and what was typed,
    to be sent again.

    Where this page fails as well (no database), a page that needs nothing shows the same. Either has the headers of every page,
    also where a middleware failed that stands before the one which sets them.
    """
    answer = _broken(request, sys.exc_info()[1])
    for name, value in HEADERS.items():
        answer.setdefault(name, value)
    return answer


def _broken(request: HttpRequest, failure: BaseException | None) -> HttpResponse:
    number, fault = number_of(request), fault_of(failure)
    sent: list[tuple[str, str]] = []
    try:
        sent = typed(request)
        if isinstance(failure, ClockWrong):
            said = failure.in_(spoken())
            return render(request, None, "error.html", status=503, what="clock", said=said, typed=sent)
        said, what = (fault.on_page(spoken()), "machine") if fault else ("", "broken")
        return render(
            request, None, "error.html", status=status_of(fault), what=what, number=number, said=said, typed=sent
        )  # fmt: skip
    except Exception:
        log.exception("the page that tells of failure %s failed itself", number)
        return HttpResponse(page_alone(number, fault, sent), status=status_of(fault))


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent is more, or other, than any page of ours sends."""
    return render(request, None, "error.html", status=400, what="unreadable", typed=[])


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the mark of this browser: the page was too old, or cookies are off.

    A form of ours is kept for whoever had opened it: he finds it filled in, now or after he has signed in; to another at the
    same screen its words are not shown.
    """
    left = left_by(request, now=present())
    if left is None:
        return render(request, None, "error.html", status=403, what="stale", typed=[])
    if not isinstance(request.user, User):
        return sign_in_page(request, status=401, left=left)
    person = chosen(request)
    if person is not None and (person.organisation, person.person) == (left.organisation, left.person):
        messages.warning(
            request,
            _("The page had expired and nothing was recorded. What you typed is here: send it again."),
        )
        return redirect(left.path)
    name = directory_of(left.organisation).name_of(left.person)
    return render(request, None, "error.html", status=403, what="another's", name=name, typed=[])
