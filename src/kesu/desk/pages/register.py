"""登记: one page for files of every kind; afterwards the number, the dates with their reckoning, and what is still missing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from kesu.caseload.acting.answers import Busy, Changed, Done, KeyTaken, Refused
from kesu.caseload.acting.perform import perform
from kesu.caseload.asking.opened import CaseView
from kesu.caseload.sight.complainant import has_complainant
from kesu.files.uploads import Sent, sent
from kesu.forms.fields.arrival import Arrival, arrival, site_field
from kesu.forms.fields.making import lacking_facts
from kesu.forms.fields.near_misses import OnRecord, as_meant, ask_near_misses
from kesu.forms.fields.odd_figures import ask_odd_figures
from kesu.forms.fields.reading import Typed, more_rows_asked, not_taken
from kesu.forms.standing_of_a_person.beginning import Beginning, beginning, by_kind
from kesu.forms.standing_of_a_person.next_steps import next_steps
from kesu.forms.standing_of_a_person.refusal import titles_of_facts
from kesu.ledger.clock_doubt import ClockWrong
from kesu.people.permissions import FILE, REGISTER
from kesu.procedure.words import spoken
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text

from ..case.around import around
from ..case.comparing import ADD_TO, LIKE, add_to, answers, note_answers, pairs
from ..case.deadlines import deadlines
from ..case.lookup_code import JUST_REGISTERED, code_at_registration
from ..case.outcome import BUSY, KEY_TAKEN
from ..case.read_out import read_out
from ..case.subjects import subjects_said
from ..frame.page import file_page, page
from ..frame.render import render
from ..own.drafted import form_of_kind, taken_up
from ..said.rows_said import line_of
from ..who.books import beginnable
from ..who.form_drafts import drop_draft, keep_draft
from ..who.here import Here

WHERE: Final = Text("哪一处的事", "Which place")
AT_HAND: Final = (FACT.ITEM, FACT.BATCH, FACT.DEMANDED_AMOUNT, FACT.EVIDENCE_FILES)  # asked beside the four


@require_http_methods(["GET", "POST"])
@page(REGISTER)
def register(request: HttpRequest, here: Here) -> HttpResponse:
    """What can be begun, the form of one of them, and what became of it.

    In this order: a procedure under which a file can be begun (else a page that says there is none); the one asked for, else
    the first that this person may begin; whether he may begin it (else who can, and nothing that was sent is read); more rows
    asked for; the fields can be read, and a number near one on record was meant; the command (else 422). What is recorded leads to the page of the new file.
    """
    ways = [
        beginning(procedure, directory=here.directory, person=here.person, now=here.now)
        for procedure in beginnable(here.procedures)
    ]
    begun = _chosen(ways, request.POST.get("procedure") or request.GET.get("procedure"))
    if begun is None:
        return render(request, here, "no_procedure.html")
    with spoken(begun.procedure.words):  # the paper's own, where two papers of the house say a word otherwise
        return _by(begun, ways, request, here)


def _by(begun: Beginning, ways: list[Beginning], request: HttpRequest, here: Here) -> HttpResponse:
    """The form by which a file is begun, or what became of what was sent."""
    form = _form(begun, here)
    opened, draft = form_of_kind(begun.procedure.id, here), None
    if form is not None:
        read = partial(form.read, around=around(here, begun.procedure), now=here.now, zone=here.zone)
        if request.method == "GET":
            draft = taken_up(opened, form, read)
        else:
            came = sent(request, here.sender)
            if ADD_TO in request.POST:
                keep_draft(opened, came.typed, now=here.now)
                return add_to(request, here, came.typed)
            answer = _sent(request, form, came, read, begun.procedure, here)
            if answer is not None:
                drop_draft(opened, now=here.now)
                return answer
            keep_draft(opened, came.typed, now=here.now)
    context: dict[str, Any] = {
        "opened": opened,
        "draft": draft,
        "form": form,
        "begun": begun,
        "procedure": begun.procedure,
        "kinds": by_kind(ways),
    }
    arrives = begun.step.name == STEP.RECEIVED
    context |= {"arrives": arrives, "several": len(ways) > 1, "others": len(ways) - 1}
    context["at_hand"] = AT_HAND if arrives else ()
    context["likes"] = [(name, value) for name, value in request.POST.items() if name.startswith(LIKE)]
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
    form = arrival(around=around(here, begun.procedure), actor=begun.actor, begun=begun)
    unit = next(iter(begun.actor.units), None)
    form.site = site_field(here.directory, title=WHERE, unit=unit, now=here.now)
    return form


def _sent(
    request: HttpRequest,
    form: Arrival,
    came: Sent,
    read: Callable[[Typed], None],
    procedure: Procedure,
    here: Here,
) -> HttpResponse | None:
    """On to the new file; None with what is wrong said in the form, or with the rows that were asked for."""
    typed = as_meant(came.typed)
    read(typed)
    ask_near_misses(form.all_fields, typed, OnRecord(here))
    ask_odd_figures(form.all_fields, typed, form.facts, history=None, now=here.now, zone=here.zone)
    not_taken(form.all_fields, came.problems)
    if more_rows_asked(form.all_fields, typed) or not form.ok:
        return None
    file = _perform(form, procedure, here)
    if file is None:
        return None
    note_answers(request, here, file=file, key=form.key)
    request.session[JUST_REGISTERED] = file
    return redirect("registered", file.partition("/")[2])


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
    limits = [limit for limit in deadlines(view, here) if limit.running and limit.until]
    nexts = [step for step in next_steps(view.takers) if step.actors]
    code = code_at_registration(request, here, view)
    return render(
        request,
        here,
        "registered.html",
        view=view,
        line=line_of(view, here),
        limits=[(limit, limit.explain(here.lang)) for limit in limits],
        read_out=read_out(view, limits, code=code) if has_complainant(view.case) else None,
        code=code,
        missing=titles_of_facts(missing),
        missing_count=len(missing),
        nexts=nexts,
        subjects=subjects_said(view),
        pairs=pairs(view, here),
        answers=answers(),
        case_id=view.case_id,
    )
