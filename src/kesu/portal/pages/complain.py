"""提出投诉: one page without an account; what comes of it is a number, a code and the times at which he hears from the house."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from kesu.caseload.acting.answers import Done
from kesu.caseload.acting.perform import perform
from kesu.files.uploads import sent
from kesu.forms.fields.reading import not_taken
from kesu.intake.lookup_code import admit
from kesu.names import OUTSIDER
from kesu.people import guessing
from kesu.procedure.words import in_its_words
from kesu.procedure.written.model import Procedure

from ..complaint_form import ComplaintForm, complaint_form
from ..frame import house_page, render
from ..sending import sent_slowly
from ..visit import Visit, let_in

FREE: Final = {"origin": 30}  # complaints of one address in a day that are taken at once


@require_http_methods(["GET", "POST"])
@house_page
def complain(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The form, and what became of it (422 when it was not taken; what was typed is kept).

    In this order: a procedure under which somebody complains (else a page that says there is none); its fields can be read, and
    the notice was agreed to; not too many from this address at once; the one way in. What is taken leads to number and code.
    """
    procedure = _chosen(visit, request.POST.get("procedure") or request.GET.get("procedure"))
    if procedure is None:
        return render(request, visit, "no_procedure.html")
    return _by(procedure, request, visit)


@in_its_words  # the paper's own, where two papers of the house say a word otherwise
def _by(procedure: Procedure, request: HttpRequest, visit: Visit) -> HttpResponse:
    form = complaint_form(procedure, visit)
    if request.method == "POST":
        came = sent(request, visit.sender)
        form.read(came.typed, visit)
        not_taken(form.arrival.all_fields, came.problems)
        answer = _sent(form, visit) if form.ok else None
        if answer is not None:
            return answer
    return render(request, visit, "complain.html", status=200 if request.method == "GET" else 422, form=form)


def _chosen(visit: Visit, wanted: str | None) -> Procedure | None:
    named = next((one for one in visit.procedures if one.id == wanted), None)
    return named or next(iter(visit.procedures), None)


def _sent(form: ComplaintForm, visit: Visit) -> HttpResponse | None:
    """On to number and code; None with what is wrong said in the form."""
    answer = sent_slowly(
        lambda: perform(
            form.opening(visit),
            organisation=visit.organisation,
            person=OUTSIDER,
            now=visit.now,
            key=form.arrival.key,
            procedure=form.procedure.id,
            then=form.registered(),
        ),
        visit,
        keys={"origin": guessing.key("complaints from", visit.organisation, visit.address)},
        free=FREE,
    )
    if not isinstance(answer, Done):
        form.problems += answer
        return None
    found = admit(visit.organisation, answer.file, number=answer.label, now=visit.now)
    return let_in(redirect("portal taken", visit.organisation), found, fresh=True)
