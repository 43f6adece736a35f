"""A code for the complainant of a case: shown once, to be read out or printed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from kesu.caseload.asking.for_complainant import promises
from kesu.caseload.asking.opened import CaseView
from kesu.people.permissions import LOOKUP_CODE

from ..case.deadlines import deadlines
from ..case.lookup_code import code_given, may_give
from ..case.read_out import read_out
from ..frame.page import file_page
from ..frame.render import not_found, render
from ..said.rows_said import line_of
from ..who.here import Here


@require_POST
@file_page(LOOKUP_CODE)
def give_code(request: HttpRequest, here: Here, view: CaseView) -> HttpResponse:
    """Another code, with what can be read out; 404 for whoever does not handle the case, and where the portal is closed."""
    if not may_give(view, here):
        return not_found(request, here)
    code = code_given(request, here, view)
    limits = [limit for limit in deadlines(view, here) if limit.running and limit.until]
    return render(
        request,
        here,
        "lookup_code.html",
        view=view,
        line=line_of(view, here),
        code=code,
        promises=promises(view),
        read_out=read_out(view, limits, code=code),
    )
