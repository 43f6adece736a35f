"""Somebody says of two cases whether they are the same, related, or have nothing to do with each other."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from kesu.caseload.asking.opened import CaseView
from kesu.people.permissions import FILE
from kesu.procedure.words.names import FACT

from ..case.comparing import compared
from ..case.outcome import conclude
from ..frame.page import file_page
from ..frame.render import not_found
from ..who.here import Here


@require_POST
@file_page(FILE)
def compare(request: HttpRequest, here: Here, view: CaseView) -> HttpResponse:
    """Notes the answer in this case, and in the other one a link to it; 404 for an answer that there is not."""
    sent = {name: request.POST.get(name, "").strip() for name in ("with", FACT.LIKENESS, "key")}
    form = compared(view, here, other=f"case/{sent['with']}", likeness=sent[FACT.LIKENESS], key=sent["key"])
    if form is None:
        return not_found(request, here)
    return conclude(request, here, view, form)
