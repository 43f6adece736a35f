"""期限: how one due date was reckoned, day by day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kesu.caseload.asking.opened import opened

from ..case.deadlines import deadlines
from ..frame.shown import not_found, shown
from ..said.rows_said import case_line
from ..who.here import Here, page


@page
def due(request: HttpRequest, here: Here, case_id: str, place: int) -> HttpResponse:
    """One duty of a case with its explanation."""
    seen = opened(f"case/{case_id}", organisation=here.organisation, person=here.person, now=here.now)
    found = [one for one in deadlines(seen, here) if one.place == place] if seen else []
    if seen is None or not found:
        return not_found(request, here)
    return shown(
        request,
        here,
        "due.html",
        seen=seen,
        line=case_line(seen.row, here),
        limit=found[0],
        lines=found[0].explain(here.lang),
    )
