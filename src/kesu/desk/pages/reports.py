"""汇总表和调查: files that are read as reports, and one of them as a page to read and to print."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from kesu.caseload.acting.figures import recount
from kesu.caseload.asking.listing import cases
from kesu.caseload.asking.narrowing import Wanted
from kesu.caseload.asking.opened import CaseView
from kesu.forms.standing_of_a_person.next_steps import next_steps
from kesu.people.permissions import FILE, REPORTS

from ..frame.page import file_page, page
from ..frame.render import not_found, render
from ..own.report import KINDS, is_report, report
from ..said.rows_said import case_lines, line_of
from ..who.here import Here

AT_MOST = 100


@page(REPORTS)
def reports(request: HttpRequest, here: Here) -> HttpResponse:
    """The newest reports of each kind that this person sees."""
    kinds = [cases(here, wanted=Wanted(kind=kind), limit=AT_MOST).rows for kind in sorted(KINDS)]
    rows = sorted((row for rows in kinds for row in rows), key=lambda row: row.received, reverse=True)
    return render(request, here, "reports.html", lines=case_lines(rows, here))


@file_page(FILE)
def one_report(request: HttpRequest, here: Here, view: CaseView) -> HttpResponse:
    """One report; with `?check` its figures are counted again from the ledger. 404 for a file that is no report."""
    if not is_report(view):
        return not_found(request, here)
    again = recount(here.organisation, view.row.file) if "check" in request.GET else []
    nexts = [step for step in next_steps(view.takers) if step.actors]
    context: dict[str, Any] = {
        "view": view,
        "line": line_of(view, here),
        "case_id": view.case_id,
        "report": report(view),
        "checked": bool(again),
        "same": all(figure.same for figure in again),
        "nexts": nexts,
        "links": case_lines(view.links, here),
    }
    return render(request, here, "report.html", **context)
