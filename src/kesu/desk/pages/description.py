"""The published description of the complaint process, for everybody; each reading is logged."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kesu.caseload.folded.books import in_force
from kesu.people.directory import NoSuchOrganisation, directory_of
from kesu.people.models import Organisation
from kesu.people.permissions import DESCRIPTION

from ..frame.page import stands_under
from ..frame.render import not_found, render
from ..own.described import described
from ..who.access import READ, note_access
from ..who.books import arriving
from ..who.here import present


@stands_under(DESCRIPTION)
def houses(request: HttpRequest) -> HttpResponse:
    """Every procedure that is published."""
    now = present()
    published = []
    for house in Organisation.objects.order_by("founded", "organisation"):
        procedures = arriving(in_force(directory_of(house.organisation), now))
        published += [(house, procedure) for procedure in procedures]
    return render(request, None, "descriptions.html", published=published)


@stands_under(DESCRIPTION)
def description(request: HttpRequest, organisation: str, name: str) -> HttpResponse:
    """One of them.

    In this order: the organisation is known, and publishes the procedure (else 404); then the reading is written down.
    """
    now = present()
    try:
        directory = directory_of(organisation)
    except NoSuchOrganisation:
        return not_found(request, None)
    procedure = next(
        (procedure for procedure in arriving(in_force(directory, now)) if procedure.id == name), None
    )
    if procedure is None:
        return not_found(request, None)
    note_access(request, READ, organisation=organisation, file=f"edition/{name}", now=now)
    return render(
        request,
        None,
        "description.html",
        house=directory.organisation,
        procedure=procedure,
        parts=described(procedure),
    )
