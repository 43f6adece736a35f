"""案件: one case; the form of a step; sending it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from kesu.caseload.asking.opened import CaseView, when_answered
from kesu.files.uploads import Sent, sent
from kesu.forms.fields.near_misses import COUNTED_BY, OnRecord, as_meant, ask_near_misses
from kesu.forms.fields.odd_figures import ask_odd_figures
from kesu.forms.fields.reading import more_rows_asked, not_taken
from kesu.forms.fields.step_form import StepForm
from kesu.people.permissions import CONTACT, FILE
from kesu.procedure.words import Part
from kesu.procedure.written.model import Step
from kesu.reading.whole import whole

from ..case.case_page import case_page
from ..case.form_here import form_for
from ..case.outcome import conclude, seen_up_to
from ..case.overrides import rules_to_pass, taking
from ..case.reading import note_reading
from ..case.signing import signed
from ..frame.page import file_page
from ..frame.render import not_found
from ..own.drafted import form_of_step, settled
from ..who.access import PHONE, note_access
from ..who.here import Here


@file_page(FILE, source=True)
def case(request: HttpRequest, here: Here, view: CaseView) -> HttpResponse:
    """The case as it stands. Who reads a confidential one is written down first."""
    note_reading(request, here, view)
    return case_page(request, here, view)


@require_http_methods(["GET", "POST"])
@file_page(FILE, source=True)
def step(request: HttpRequest, here: Here, view: CaseView, slug: str) -> HttpResponse:
    """The form of one step open on the page of the case; sent, it becomes a command.

    In this order: the step is one of this procedure and not the clock's (else 404); a form that was sent before is read
    against the file as it stood then, so that the same form is the same command; more rows were asked for (200, nothing
    performed); the fields can be read, a number near one on record was meant, and where the step is signed the password is right (else 422); then `conclude` performs.
    """
    names = {name.replace(" ", "-"): one for name, one in view.procedure.steps.items()}
    wanted = names.get(slug)
    if wanted is None or wanted.word.part is Part.CLOCK:
        return not_found(request, here)
    form = form_for(wanted, view, here)
    if request.method == "GET":
        note_reading(request, here, view)
        return _form(request, here, view, form)
    if "override" in request.POST:
        return _let_pass(request, here, view, form)
    came = sent(request, here.sender)
    answer = _sent(request, here, view, wanted, came)
    return settled(answer, form_of_step(view.row.file, wanted.name, here), came.typed)


def _sent(request: HttpRequest, here: Here, view: CaseView, wanted: Step, came: Sent) -> HttpResponse:
    """What becomes of a form that was sent."""
    form = form_for(wanted, view, here)
    typed = as_meant(came.typed)
    before = when_answered(view, key=request.POST.get("key", ""))
    if before is not view:
        form = form_for(wanted, before, here)
    form.read(typed, procedure=view.procedure, now=here.now, zone=here.zone)
    ask_near_misses(form.all_fields, typed, _on_record(here, view))
    ask_odd_figures(
        form.fields,
        typed,
        form.facts,
        history=view.case.history,
        now=here.now,
        zone=here.zone,
        kept_back=view.gate.kept_back,
    )
    not_taken(form.all_fields, came.problems)
    if more_rows_asked(form.all_fields, typed):
        return case_page(request, here, view, form=form)
    if not (form.ok and signed(request, here, form, seen_up_to=seen_up_to(request, view))):
        return case_page(request, here, view, form=form, status=422, passing=list(form.passing.rules))
    return conclude(request, here, view, form)


def _on_record(here: Here, view: CaseView) -> OnRecord:
    """What is on record beside the file, and what the file says of its product and batch."""
    said = {word: view.case.history.value(word) for word in COUNTED_BY}
    return OnRecord(here, {word: value for word, value in said.items() if isinstance(value, str)})


def _form(request: HttpRequest, here: Here, view: CaseView, form: StepForm) -> HttpResponse:
    """The page with the form of a step, also of a barred one for whoever may ask to let it pass."""
    begun = [field for field in form.all_fields if request.GET.get(field.name)]
    for field in begun:  # a link may have put something in: which entry, instead of what
        field.typed = [request.GET[field.name]]
    wanted = form.step.name
    passing = rules_to_pass(view, wanted) if "pass" in request.GET and form.passing.own else []
    open_ = form if begun or passing else None
    noting = bool(request.GET.get("for-other"))
    return case_page(request, here, view, form=open_, wanted=wanted, noting=noting, passing=passing)


def _let_pass(request: HttpRequest, here: Here, view: CaseView, form: StepForm) -> HttpResponse:
    """Takes the step as another person agreed to let it pass; 404 where there is no such override for this person."""
    command = taking(view, here, whole(request.POST["override"]) or 0)
    if command is None or command.step != form.step.name:
        return not_found(request, here)
    form.key = request.POST.get("key", "").strip()[:64] or form.key
    return conclude(request, here, view, form, command)


@require_POST
@file_page(CONTACT, source=True)
def contact(request: HttpRequest, here: Here, view: CaseView) -> HttpResponse:
    """Shows phone and e-mail in full, and writes down who looked.

    The look is written down before the page is made, so that none is shown that is not on record.
    """
    entry = whole(request.POST.get("entry", ""))
    if entry is None:
        return not_found(request, here)
    note_access(
        request, PHONE, organisation=here.organisation, person=here.person, file=view.row.file, now=here.now
    )
    return case_page(request, here, view, shown_entries=frozenset({entry}))
