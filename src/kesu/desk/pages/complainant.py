"""告知投诉人的内容: a printout of one case with nothing from inside."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kesu.caseload.asking.opened import opened

from ..case.complainant import arrives, for_the_complainant
from ..frame.shown import not_found, shown
from ..who.here import Here, page


@page
def for_complainant(request: HttpRequest, here: Here, case_id: str) -> HttpResponse:
    """What may be handed to the complainant; files that nobody outside brought have no such page."""
    seen = opened(f"case/{case_id}", organisation=here.organisation, person=here.person, now=here.now)
    if seen is None or not arrives(seen.case):
        return not_found(request, here)
    lines = for_the_complainant(seen.case, seen.directory)
    return shown(request, here, "for_the_complainant.html", row=seen.row, case_id=case_id, lines=lines)
