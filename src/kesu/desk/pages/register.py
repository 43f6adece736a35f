"""登记: one page for files of every kind; afterwards the number, the dates with their reckoning, and what is still missing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from kesu.caseload.acting.answers import Busy, Changed, Done, KeyTaken, Refused
from kesu.caseload.acting.perform import perform
from kesu.caseload.asking.opened import CaseView
from kesu.forms.fields.arrival import Arrival, arrival
from kesu.forms.fields.making import lacking_facts
from kesu.forms.fields.reading import more_rows_asked
from kesu.forms.standing_of_a_person.beginning import Beginning, beginning, by_kind
from kesu.forms.standing_of_a_person.next_steps import next_steps
from kesu.forms.standing_of_a_person.refusal import titles_of_facts
from kesu.ledger.clock_doubt import ClockWrong
from kesu.people.permissions import FILE, REGISTER
from kesu.procedure.words.names import STEP
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text

from ..case.around import around
from ..case.deadlines import deadlines
from ..case.outcome import BUSY, KEY_TAKEN
from ..frame.page import file_page, page
from ..frame.render import render
from ..said.rows_said import case_line
from ..who.books import beginnable
from ..who.here import Here


@require_http_methods(["GET", "POST"])
@page(REGISTER)
def register(request: HttpRequest, here: Here) -> HttpResponse:
    """What can be begun, the form of one of them, and what became of it.

    In this order: a procedure under which a file can be begun (else a page that says there is none); the one asked for, else
    the first that this person may begin; whether he may begin it (else who can, and nothing that was sent is read); more rows
    asked for; the fields can be read; the command (else 422). What is recorded leads to the page of the new file.
    """
    ways = [
        beginning(procedure, directory=here.directory, person=here.person, now=here.now)
        for procedure in beginnable(here.procedures)
    ]
    begun = _chosen(ways, request.POST.get("procedure") or request.GET.get("procedure"))
    if begun is None:
        return render(request, here, "no_procedure.html")
    form = _form(begun, here)
    if form is not None and request.method == "POST":
        asked = around(here, begun.procedure)
        typed = dict(request.POST.lists())
        form.read(typed, around=asked, now=here.now, zone=here.zone)
        more = more_rows_asked(form.all_fields, typed)
        if not more and form.ok and (file := _perform(form, begun.procedure, here)) is not None:
            return redirect("registered", file.partition("/")[2])
    context: dict[str, Any] = {
        "form": form,
        "begun": begun,
        "procedure": begun.procedure,
        "kinds": by_kind(ways),
    }
    context |= {"arrives": begun.step.name == STEP.RECEIVED, "several": len(ways) > 1}
    return render(request, here, "register.html", status=200 if form is None or form.ok else 422, **context)


def _chosen(ways: list[Beginning], wanted: str | None) -> Beginning | None:
    """The procedure that was asked for, else the first that this person can begin."""
    named = next((way for way in ways if way.procedure.id == wanted), None)
    mine = next((way for way in ways if way.actor is not None), None)
    return named or mine or next(iter(ways), None)


def _form(begun: Beginning, here: Here) -> Arrival | None:
    """The empty form; None where somebody else has to begin it."""
    if begun.actor is None:
        return None
    return arrival(around=around(here, begun.procedure), actor=begun.actor, begun=begun)


def _perform(form: Arrival, procedure: Procedure, here: Here) -> str | None:
    """The file that was begun: received, and registered where there is that step, in one act; None with the problems."""
    try:
        answer = perform(
            form.opening(),
            organisation=here.organisation,
            person=here.person,
            now=here.now,
            key=form.key,
            procedure=procedure.id,
            then=form.registered(),
        )
    except KeyTaken:
        form.problems.append(KEY_TAKEN)
    except Busy:
        form.problems.append(BUSY)
    except ClockWrong as wrong:
        form.problems.append(Text(wrong.in_("zh"), wrong.in_("en")))
    else:
        if isinstance(answer, Done):
            return answer.file
        form.problems += _said(answer)
    return None


def _said(answer: Refused | Changed) -> list[Text]:
    """Every reason in both languages."""
    if isinstance(answer, Changed):
        return []
    return [Text(*both) for both in zip(answer.sentences("zh"), answer.sentences("en"), strict=True)]


@file_page(FILE)
def registered(request: HttpRequest, here: Here, view: CaseView) -> HttpResponse:
    """What the person who registered wants to say and do next."""
    missing = lacking_facts(view.case)
    nexts = [step for step in next_steps(view.takers) if step.actors]
    return render(
        request,
        here,
        "registered.html",
        view=view,
        line=case_line(view.row, here),
        limits=[
            (limit, limit.explain(here.lang))
            for limit in deadlines(view, here)
            if limit.running and limit.until
        ],
        missing=titles_of_facts(missing),
        missing_count=len(missing),
        nexts=nexts,
    )
