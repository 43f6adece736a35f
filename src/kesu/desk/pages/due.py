"""期限: how one due date was reckoned, day by day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kesu.caseload.asking.opened import CaseView
from kesu.people.permissions import FILE

from ..case.deadlines import deadlines
from ..frame.page import file_page
from ..frame.render import not_found, render
from ..said.rows_said import line_of
from ..who.here import Here


@file_page(FILE)
def due(request: HttpRequest, here: Here, view: CaseView, place: int) -> HttpResponse:
    """One duty of a case with its explanation; 404 for a place at which none stands, or one that is void."""
    limits = [limit for limit in deadlines(view, here) if limit.place == place]
    if not limits:
        return not_found(request, here)
    return render(
        request,
        here,
        "due.html",
        view=view,
        line=line_of(view, here),
        limit=limits[0],
        lines=limits[0].explain(here.lang),
    )
