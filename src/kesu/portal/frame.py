"""What stands before and round every page of the portal: the house has opened it, and for one file that he has looked it up."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

from django import shortcuts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from kesu.caseload.asking.for_complainant import opened_for_complainant
from kesu.caseload.folded.books import words_of_the_house
from kesu.people.permissions import OWN_FILE, PORTAL, stands_under
from kesu.procedure.words import spoken as speaking

from .visit import Visit, let_in, let_out, spoken, visit_of

View: TypeAlias = Callable[..., HttpResponse]


def render(
    request: HttpRequest, visit: Visit | None, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The template filled in, in the frame of this house (or of none)."""
    framed = {
        "visit": visit,
        "lang": visit.lang if visit else spoken(),
        "records": visit.settings.records if visit else [],
    }
    zone = timezone.override(visit.zone) if visit else timezone.override(timezone.get_current_timezone())
    with zone:
        return shortcuts.render(request, f"portal/{template}", {**framed, **context}, status=status)


def not_here(request: HttpRequest) -> HttpResponse:
    """The answer for a house that there is not, or that has not opened its portal."""
    return render(request, None, "not_here.html", status=404)


def house_page(view: View) -> View:
    """A page of the portal of one organisation: 404 where it is not open. The view gets the visit."""

    @stands_under(PORTAL)
    @wraps(view)
    def guarded(request: HttpRequest, *, organisation: str, **kwargs: Any) -> HttpResponse:
        visit = visit_of(request, organisation)
        if visit is None:
            return not_here(request)
        with speaking(words_of_the_house(visit.directory)):
            return view(request, visit, **kwargs)

    return guarded


def own_file_page(view: View) -> View:
    """A page of the file that he has looked up, which the view gets opened; without one he is led to looking it up.

    A file that is closed to him meanwhile is treated as one that he never looked up. Each look gives him half an hour more.
    """

    @stands_under(OWN_FILE)
    @wraps(view)
    def guarded(request: HttpRequest, *, organisation: str, **kwargs: Any) -> HttpResponse:
        visit = visit_of(request, organisation)
        if visit is None:
            return not_here(request)
        opened = opened_for_complainant(visit.looked_up.file, visit.reader) if visit.looked_up else None
        if opened is None or visit.looked_up is None:
            return let_out(redirect("portal look up", organisation))
        with speaking(opened.case.words):
            answer = view(request, visit, opened, **kwargs)
        return answer if "portal" in answer.cookies else let_in(answer, visit.looked_up, fresh=visit.fresh)

    return guarded
