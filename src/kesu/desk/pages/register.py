"""登记: one page; afterwards the number, the dates with their reckoning, and what is still missing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from kesu.caseload.answers import Busy, Done, KeyTaken
from kesu.caseload.opened import opened
from kesu.caseload.performing import perform
from kesu.casework.decide import Actor
from kesu.forms.arrival import Arrival, arrival
from kesu.forms.making import lacking_facts
from kesu.forms.next_steps import next_steps
from kesu.forms.refusal import missing_said
from kesu.procedure.model import Procedure

from ..around import around
from ..books import arriving
from ..deadlines import deadlines
from ..here import Here, page
from ..outcome import BUSY, KEY_TAKEN
from ..rows_said import case_line
from ..shown import not_found, shown


@require_http_methods(["GET", "POST"])
@page
def register(request: HttpRequest, here: Here) -> HttpResponse:
    """The form, and what became of it."""
    procedures = arriving(here.procedures)
    wanted = request.POST.get("procedure") or request.GET.get("procedure")
    procedure = next((one for one in procedures if one.id == wanted), procedures[0] if procedures else None)
    if procedure is None:
        return shown(request, here, "no_procedure.html")
    form = arrival(around=around(here, procedure), actor=_actor(here, procedure))
    if request.method == "POST":
        form.read(dict(request.POST.lists()), around=around(here, procedure), now=here.now, zone=here.zone)
        if form.ok and (file := _perform(form, procedure, here)) is not None:
            return redirect("registered", file.partition("/")[2])
    status = 200 if form.ok else 422
    return shown(
        request, here, "register.html", status=status, form=form, procedure=procedure, procedures=procedures
    )


def _actor(here: Here, procedure: Procedure) -> Actor:
    """The person in the first of his posts that the procedure knows."""
    units = here.cast.units_above(here.person, here.now)
    for one in here.standings:
        if one.post in procedure.posts:
            return Actor(here.person, one.post, one.behalf, units)
    return Actor(here.person, None, None, units)


def _perform(form: Arrival, procedure: Procedure, here: Here) -> str | None:
    """Receipt, then registration, each with a key of its own; the file, or None with the problems on the form."""
    house, person, now = here.organisation, here.person, here.now
    try:
        first = perform(
            form.received(), organisation=house, person=person, now=now, key=form.key, procedure=procedure.id
        )
        if not isinstance(first, Done):
            form.problems += getattr(first, "problems", ())
            return None
        second = form.registered()
        if second is not None:
            perform(second, organisation=house, person=person, now=now, key=f"{form.key}+", file=first.file)
        return first.file
    except KeyTaken:
        form.problems.append(KEY_TAKEN)
    except Busy:
        form.problems.append(BUSY)
    return None


@page
def registered(request: HttpRequest, here: Here, case_id: str) -> HttpResponse:
    """What the person who registered wants to say and do next."""
    seen = opened(f"case/{case_id}", organisation=here.organisation, person=here.person, now=here.now)
    if seen is None:
        return not_found(request, here)
    missing = lacking_facts(seen.case)
    nexts = [one for one in next_steps(seen.case, cast=seen.cast, now=here.now) if one.actors]
    return shown(
        request,
        here,
        "registered.html",
        seen=seen,
        line=case_line(seen.row, here),
        limits=[(one, one.explain(here.lang)) for one in deadlines(seen, here) if one.running and one.due_at],
        missing=missing_said(missing),
        missing_count=len(missing),
        nexts=nexts,
    )
