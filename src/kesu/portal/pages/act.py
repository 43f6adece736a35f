"""A step of his own: added, thought of the result, asked for, withdrawn. Judged by the rules like every other."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from kesu.caseload.acting.answers import Done
from kesu.caseload.acting.perform import perform
from kesu.caseload.asking.opened import CaseView
from kesu.files.uploads import sent
from kesu.forms.fields.reading import not_taken
from kesu.names import OUTSIDER
from kesu.people import guessing
from kesu.reading.whole import whole

from ..act_form import ActForm, act_form
from ..frame import own_file_page, render
from ..sending import sent_slowly
from ..visit import Visit

FREE: Final = {"case": 20}  # acts in one file in a day that are taken at once


@require_http_methods(["GET", "POST"])
@own_file_page
def act(request: HttpRequest, visit: Visit, view: CaseView, *, slug: str) -> HttpResponse:
    """The form of one of his steps, and what became of it.

    404 where it is none of his or the rules do not let him take it now; 422 where it was not taken, and what was typed is kept.
    """
    form = act_form(slug.replace("-", " "), view)
    if form is None:
        return render(request, visit, "not_now.html", status=404)
    if request.method == "POST":
        came = sent(request, visit.sender)
        form.read(came.typed, visit, view)
        not_taken(form.fields, came.problems)
        if form.ok and _taken(form, visit, view, seen_up_to=_seen(request, view)):
            return redirect("portal own", visit.organisation)
    return render(
        request,
        visit,
        "act.html",
        status=200 if request.method == "GET" else 422,
        form=form,
        view=view,
        slug=slug,
    )


def _seen(request: HttpRequest, view: CaseView) -> int:
    number = whole(request.POST.get("seen", ""))
    return view.number if number is None else min(number, view.number)


def _taken(form: ActForm, visit: Visit, view: CaseView, *, seen_up_to: int) -> bool:
    """Whether it stands on record now; else what is wrong is said in the form."""
    answer = sent_slowly(
        lambda: perform(
            form.command(),
            organisation=visit.organisation,
            person=OUTSIDER,
            now=visit.now,
            key=form.key,
            file=view.row.file,
            seen_up_to=seen_up_to,
        ),
        visit,
        keys={"case": guessing.key("acts in", visit.organisation, view.row.file)},
        free=FREE,
    )
    if isinstance(answer, Done):
        return True
    form.problems += answer
    return False
