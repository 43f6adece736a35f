"""The published description of the complaint process, for everybody; each reading is logged."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from kesu.caseload.folded.books import in_force
from kesu.people.directory import Directory, NoSuchOrganisation, directory_of
from kesu.people.models import Organisation
from kesu.people.permissions import DESCRIPTION, stands_under
from kesu.prints.document import Document
from kesu.prints.making import NotMade, pdf
from kesu.procedure.saying.described import described
from kesu.procedure.words import spoken
from kesu.procedure.written.model import Procedure
from kesu.registry.portal_settings import portal_of

from ..frame.render import not_found, render
from ..papers.published import published_paper
from ..who.access import READ, note_access
from ..who.books import arriving
from ..who.here import present
from ..who.here import spoken as language
from .prints import as_pdf


@stands_under(DESCRIPTION)
def houses(request: HttpRequest) -> HttpResponse:
    """Every procedure that is published."""
    now = present()
    published = []
    for house in Organisation.objects.order_by("id"):
        procedures = arriving(in_force(directory_of(house.organisation), now))
        published += [(house, procedure) for procedure in procedures]
    return render(request, None, "descriptions.html", published=published)


@stands_under(DESCRIPTION)
def description(request: HttpRequest, organisation: str, name: str) -> HttpResponse:
    """One of them; 404 for one that is not published. The reading is written down."""
    directory, procedure = _published(organisation, name, present())
    if directory is None or procedure is None:
        return not_found(request, None)
    note_access(request, READ, organisation=organisation, file=f"edition/{name}", now=present())
    with spoken(procedure.words):
        return render(
            request,
            None,
            "description.html",
            house=directory.organisation,
            procedure=procedure,
            portal=portal_of(directory),
            records=portal_of(directory).records,
            parts=described(procedure),
        )


@require_GET
@stands_under(DESCRIPTION)
def printed_description(request: HttpRequest, organisation: str, name: str) -> HttpResponse:
    """The same as PDF. What was set once for an edition and a language is kept: anybody may ask for it, as often as he likes."""
    directory, procedure = _published(organisation, name, present())
    edition = directory.edition_at(name, present()) if directory is not None else None
    if directory is None or procedure is None or edition is None:
        return not_found(request, None)
    note_access(request, READ, organisation=organisation, file=f"edition/{name}", now=present())
    with spoken(procedure.words):
        document = published_paper(procedure, edition, directory.organisation, language())
    try:
        content = _set_once(document)
    except NotMade as failed:
        return render(request, None, "not_printed.html", status=422, why=failed.why, view=None)
    return as_pdf(content, name)


@lru_cache(maxsize=32)
def _set_once(document: Document) -> bytes:
    return pdf(document)


def _published(organisation: str, name: str, now: datetime) -> tuple[Directory | None, Procedure | None]:
    try:
        directory = directory_of(organisation)
    except NoSuchOrganisation:
        return None, None
    published = arriving(in_force(directory, now))
    return directory, next((one for one in published if one.id == name), None)
