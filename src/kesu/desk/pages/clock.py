"""服务器的时钟: whether it is written by, why not, and the correction that two persons make, each in his own sign-in."""

from __future__ import annotations

from typing import Final
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kesu.caseload.acting.answers import Busy, Done, KeyTaken, Refused
from kesu.people.permissions import CLOCK, CORRECT_CLOCK
from kesu.procedure.kinds.typed_times import in_full
from kesu.registry.clock_correction import (
    ClockStanding,
    clock_standing,
    confirm_correction,
    propose_correction,
    watch_time,
)

from ..frame.page import page
from ..frame.render import render
from ..own.registers import LONGEST_KEY
from ..who.here import Here

FIELDS: Final = ("reason", "watch")


@require_http_methods(["GET", "POST"])
@page(CLOCK)
def clock(request: HttpRequest, here: Here) -> HttpResponse:
    """How the clock stands, and what this person can do about it; everybody may look.

    POST proposes a correction, or confirms the one that waits. In this order: the watch can be read, with its year; the register
    takes it (else 422, and what was typed is kept).
    """
    typed = {name: request.POST.get(name, "") for name in FIELDS}
    errors = _send(request, here, typed) if request.method == "POST" else {}
    if request.method == "POST" and not errors:
        messages.success(request, _("Recorded."))
        return redirect("clock")
    standing = clock_standing(here.organisation, timezone.now())
    proposal = standing.proposal if standing.is_wrong else None
    return render(
        request,
        here,
        "clock.html",
        status=422 if errors else 200,
        standing=standing,
        shows=in_full(standing.now, zone=here.zone).in_(here.lang),
        ahead=_in_full(standing, here),
        proposal=proposal,
        proposed_by=here.directory.name_of(proposal.by) if proposal else "",
        may_propose=standing.is_wrong and here.may(CORRECT_CLOCK),
        may_confirm=proposal is not None and proposal.by != here.person,
        corrections=[
            (one, here.directory.name_of(one.proposed_by), here.directory.name_of(one.by))
            for one in reversed(standing.corrections)
        ],
        typed=typed,
        errors=errors,
        key=uuid4().hex,
    )


def _in_full(state: ClockStanding, here: Here) -> str:
    """Up to when a wrong clock wrote, in words; nothing where it did not."""
    if state.written_ahead is None:
        return ""
    return in_full(state.written_ahead, zone=here.zone).in_(here.lang)


def _send(request: HttpRequest, here: Here, typed: dict[str, str]) -> dict[str, str]:
    """What keeps it from being recorded, beside each field."""
    now = timezone.now()
    watch = watch_time(typed["watch"], zone=here.zone, now=now)
    if watch is None:
        return {"watch": _("Write what your watch shows, with the year, such as 2026-03-06 17:10.")}
    sent = {
        "organisation": here.organisation,
        "person": here.person,
        "key": request.POST.get("key", "")[:LONGEST_KEY] or uuid4().hex,
    }
    try:
        if request.POST.get("act") == "confirm":
            answer: Done | Refused = confirm_correction(watch=watch, now=now, **sent)
        else:
            answer = propose_correction(reason=typed["reason"], watch=watch, now=now, **sent)
    except KeyTaken:
        return {"": _("This form was sent before with something else in it. Open it again.")}
    except Busy:
        return {"": _("Others are writing to this register at once; nothing was written. Send it again.")}
    return {} if isinstance(answer, Done) else {"": " ".join(answer.sentences(here.lang))}
