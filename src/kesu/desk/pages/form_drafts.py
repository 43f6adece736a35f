"""Keeping what is typed into a form before it is sent, and throwing it away."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kesu.people.permissions import SESSION

from ..frame.errors import unreadable
from ..frame.page import page
from ..said.on_page import draft_kept
from ..who.form_drafts import OPENED, Outcome, drop_draft, keep_draft, open_form
from ..who.here import Here

STATUS: Final = {"kept": 200, "newer elsewhere": 409, "too long": 413, "too soon": 429}


@require_POST
@page(SESSION)
def form_draft(request: HttpRequest, here: Here) -> HttpResponse:
    """Keeps what a page sends by itself while somebody types; or throws the draft away and opens the form empty.

    In this order: the form was opened by this person, within a day (else 400); thrown away (302, back to the form); at most so
    long (413) and so often (429); no page of the same form that was opened later (409). The answer is the line to be shown.
    """
    opened = open_form(request.POST.get(OPENED, ""), now=here.now)
    if opened is None or (opened.organisation, opened.person) != (here.organisation, here.person):
        return unreadable(request)
    if "discard" in request.POST:
        drop_draft(opened, now=here.now)
        return redirect(opened.path)
    outcome = keep_draft(opened, dict(request.POST.lists()), now=here.now, by_itself=True)
    return HttpResponse(
        _said(outcome, here), status=STATUS[outcome], content_type="text/plain; charset=utf-8"
    )


def _said(outcome: Outcome, here: Here) -> str:
    match outcome:
        case "kept":
            with override(here.zone):
                return draft_kept(here.now)
        case "newer elsewhere":
            return _(
                "This form was opened again or sent in another tab; what you type here is no longer kept as a draft."
            )
        case "too long":
            return _("This is too long to be kept as a draft; send it before you leave the page.")
        case "too soon":
            return ""
