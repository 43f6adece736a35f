"""打印: documents as PDF, each made from what its reader sees."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kesu.caseload.asking.opened import CaseView
from kesu.caseload.asking.records import record_of, records_of
from kesu.caseload.folded.books import procedure_by_digest
from kesu.caseload.sight.complainant import arrives
from kesu.people.models import Edition
from kesu.people.permissions import CASE_PRINT, CASES, FOR_THE_COMPLAINANT, PROCEDURES
from kesu.prints.document import Document
from kesu.prints.making import NotMade, pdf
from kesu.reading.text import Text
from kesu.registry.drafts import signers_of

from ..frame.page import file_page, page
from ..frame.render import not_found, render
from ..own.asked_list import asked
from ..own.views import tabs
from ..papers.case_file import inside_file, outside_file
from ..papers.case_list import list_paper
from ..papers.meeting import meeting, meeting_counts, meeting_paper, meeting_text
from ..papers.procedure_paper import procedure_paper
from ..papers.record import record_paper
from ..who.access import PRINTED, note_access
from ..who.here import Here


@require_GET
@file_page(CASE_PRINT)
def case_file(request: HttpRequest, here: Here, view: CaseView) -> HttpResponse:
    """The case file for the house; that it was printed is written down."""
    return printed(request, here, inside_file(view, here), called=Text("卷宗_对内", "case-file"), view=view)


@require_GET
@file_page(CASE_PRINT)
def records(request: HttpRequest, here: Here, view: CaseView) -> HttpResponse:
    """What can be printed to be signed."""
    return render(request, here, "records.html", view=view, records=records_of(view))


@require_GET
@file_page(CASE_PRINT)
def record(request: HttpRequest, here: Here, view: CaseView, entry: int) -> HttpResponse:
    """One record to be signed, as it stands; 404 where this person has none of this entry."""
    wanted = record_of(view, entry)
    if wanted is None:
        return not_found(request, here)
    return printed(
        request, here, record_paper(view, wanted, here), called=Text("签字件", "to-be-signed"), view=view
    )


@require_GET
@file_page(FOR_THE_COMPLAINANT)
def outside(request: HttpRequest, here: Here, view: CaseView) -> HttpResponse:
    """What may be handed to the complainant; files that nobody outside brought have no such paper."""
    if not arrives(view.case):
        return not_found(request, here)
    return printed(
        request,
        here,
        outside_file(view, here),
        called=Text("办理情况_对外", "for-the-complainant"),
        view=view,
    )


@require_GET
@page(CASES)
def case_list(request: HttpRequest, here: Here) -> HttpResponse:
    """The list as its address asks for it."""
    asked_ = asked(request.GET, here)
    title = next((tab.title for tab in tabs(here, asked_) if tab.current), _("Cases narrowed"))
    return printed(request, here, list_paper(asked_, title, here), called=Text("投诉台账", "register"))


@require_GET
@page(CASES)
def meeting_sheet(request: HttpRequest, here: Here) -> HttpResponse:
    """The sheet of a meeting on a page, with the same as text to be copied."""
    found = meeting(here)
    return render(
        request,
        here,
        "meeting.html",
        found=found,
        counted=meeting_counts(found),
        lines=meeting_text(found, here),
    )


@require_GET
@page(CASES)
def meeting_print(request: HttpRequest, here: Here) -> HttpResponse:
    """The same on one A4 page."""
    return printed(request, here, meeting_paper(meeting(here), here), called=Text("例会单", "meeting"))


@require_GET
@page(PROCEDURES)
def edition(request: HttpRequest, here: Here, name: str, number: int) -> HttpResponse:
    """An edition as a controlled document; 404 for none."""
    row = Edition.objects.filter(organisation=here.organisation, procedure=name, number=number).first()
    if row is None:
        return not_found(request, here)
    signers = signers_of(here.organisation, name)[number]
    document = procedure_paper(procedure_by_digest(here.organisation, row.digest), row, signers, here)
    return printed(request, here, document, called=Text(f"{name}_受控", f"{name}_controlled"))


def printed(
    request: HttpRequest, here: Here, document: Document, *, called: Text, view: CaseView | None = None
) -> HttpResponse:
    """The document, to be looked at and printed; a page that says why and what to do where none could be made."""
    try:
        content = pdf(document)
    except NotMade as failed:
        return render(request, here, "not_printed.html", status=422, why=failed.why, view=view)
    note_access(
        request,
        PRINTED,
        organisation=here.organisation,
        person=here.person,
        file=view.row.file if view else "",
        now=here.now,
    )
    name = "_".join(
        filter(None, (view.row.label if view else "", called.in_(here.lang), f"{here.now:%Y%m%d}"))
    )
    return as_pdf(content, name)


def as_pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF for the browser to show, under this name where it is kept."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{name}.pdf") or "inline"
    return response
