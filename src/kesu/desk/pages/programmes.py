"""年度安排: files in which the calendar calls for something, and one of them as a calendar of a year."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from kesu.caseload.asking.listing import cases
from kesu.caseload.asking.narrowing import Wanted
from kesu.caseload.asking.opened import CaseView
from kesu.caseload.models import CaseRow
from kesu.people.permissions import FILE, PROGRAMMES

from ..frame.page import file_page, page
from ..frame.render import not_found, render
from ..own.programme import STATES, programme
from ..said.rows_said import case_lines, line_of
from ..who.here import Here

AT_MOST = 200


@page(PROGRAMMES)
def programmes(request: HttpRequest, here: Here) -> HttpResponse:
    """Every programme that this person sees, the newest first."""
    names = [procedure.id for procedure in here.procedures if procedure.periodic]
    rows = [row for name in names for row in _of(name, here)]
    lines = case_lines(sorted(rows, key=lambda row: row.received, reverse=True), here)
    return render(request, here, "programmes.html", lines=lines)


def _of(procedure: str, here: Here) -> list[CaseRow]:
    wanted = Wanted(procedure=procedure)
    return cases(here, wanted=wanted, limit=AT_MOST).rows


@file_page(FILE)
def one_programme(request: HttpRequest, here: Here, view: CaseView) -> HttpResponse:
    """One programme in one year; files without periods have no such page.

    A year that is no year of four digits, or that the file does not know, is answered with the present one.
    """
    if not view.procedure.periodic:
        return not_found(request, here)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else None
    calendar = programme(view, here, year=year)
    signs = [(sign, state) for state, sign in STATES.values()]
    context: dict[str, Any] = {
        "line": line_of(view, here),
        "case_id": view.case_id,
        "signs": signs,
        "days": range(1, 32),
    }
    return render(request, here, "programme.html", programme=calendar, **context)
