"""案件: one case; the form of a step; sending it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from kesu.caseload.asking.opened import Opened, opened, when_answered
from kesu.forms.fields.reading import more_rows_asked
from kesu.procedure.words import Part

from ..case.case_page import case_page
from ..case.outcome import conclude
from ..case.steps_here import form_for
from ..frame.shown import not_found
from ..who.access import PHONE, note_access
from ..who.here import Here, page


@page
def case(request: HttpRequest, here: Here, case_id: str) -> HttpResponse:
    """The case as it stands."""
    seen = _opened(case_id, here)
    return case_page(request, here, seen) if seen else not_found(request, here)


@require_http_methods(["GET", "POST"])
@page
def step(request: HttpRequest, here: Here, case_id: str, slug: str) -> HttpResponse:
    """The form of one step open on the page of the case; sent, it becomes a command."""
    seen = _opened(case_id, here)
    names = {name.replace(" ", "-"): one for name, one in seen.procedure.steps.items()} if seen else {}
    wanted = names.get(slug)
    if seen is None or wanted is None or wanted.word.part is Part.CLOCK:
        return not_found(request, here)
    form = form_for(wanted, seen, here)
    if request.method == "GET":
        begun = [one for one in form.all_fields if request.GET.get(one.name)]
        for one in begun:  # a link may have put something in: which entry, instead of what
            one.typed = [request.GET[one.name]]
        return case_page(request, here, seen, form=form if begun else None, wanted=wanted.name)
    typed = dict(request.POST.lists())
    before = when_answered(seen, person=here.person, key=request.POST.get("key", ""))
    if before is not seen:
        form = form_for(wanted, before, here)
    form.read(typed, procedure=seen.procedure, now=here.now, zone=here.zone)
    if more_rows_asked(form.all_fields, typed):
        return case_page(request, here, seen, form=form)
    if not form.ok:
        return case_page(request, here, seen, form=form, status=422)
    return conclude(request, here, seen, form)


@require_POST
@page
def contact(request: HttpRequest, here: Here, case_id: str) -> HttpResponse:
    """Shows phone and e-mail in full, and writes down who looked."""
    seen = _opened(case_id, here)
    entry = request.POST.get("entry", "")
    if seen is None or not entry.isdecimal():
        return not_found(request, here)
    note_access(
        request, PHONE, organisation=here.organisation, person=here.person, file=seen.row.file, now=here.now
    )
    return case_page(request, here, seen, shown_entries=frozenset({int(entry)}))


def _opened(case_id: str, here: Here) -> Opened | None:
    return opened(f"case/{case_id}", organisation=here.organisation, person=here.person, now=here.now)
