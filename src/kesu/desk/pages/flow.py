"""流程图: a procedure drawn, step after step, with who takes each, by when, after what and in which cases."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kesu.people.permissions import PROCEDURES
from kesu.procedure.saying.flow import flow

from ..frame.page import page
from ..frame.render import not_found, render
from ..who.here import Here


@page(PROCEDURES)
def flow_page(request: HttpRequest, here: Here, name: str) -> HttpResponse:
    """The flow of one procedure in force."""
    wanted = next((procedure for procedure in here.procedures if procedure.id == name), None)
    if wanted is None:
        return not_found(request, here)
    return render(request, here, "flow.html", procedure=wanted, parts=flow(wanted))
