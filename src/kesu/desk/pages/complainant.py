"""告知投诉人的内容: a printout of one case with nothing from inside."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kesu.caseload.asking.opened import CaseView
from kesu.caseload.sight.complainant import arrives, for_the_complainant
from kesu.forms.said.values import fact_said
from kesu.people.permissions import FOR_THE_COMPLAINANT

from ..case.lookup_code import may_give
from ..frame.page import file_page
from ..frame.render import not_found, render
from ..who.here import Here


@file_page(FOR_THE_COMPLAINANT)
def for_complainant(request: HttpRequest, here: Here, view: CaseView) -> HttpResponse:
    """What may be handed to the complainant; files that nobody outside brought have no such page."""
    if not arrives(view.case):
        return not_found(request, here)
    entries = for_the_complainant(view.case)
    lines = [
        {
            "title": entry.title,
            "at": entry.at,
            "facts": [fact_said(fact, view.directory) for fact in entry.facts],
        }
        for entry in entries
    ]
    return render(
        request,
        here,
        "for_the_complainant.html",
        row=view.row,
        case_id=view.case_id,
        lines=lines,
        gives_code=may_give(view, here),
    )
