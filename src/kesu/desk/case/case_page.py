"""Everything that the page of one case shows."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from kesu.caseload.asking.opened import CaseView
from kesu.caseload.sight.complainant import arrives, has_complainant
from kesu.casework.deciding.sending_back import sent_back
from kesu.casework.file.naming import seen_still
from kesu.casework.file.roles_in_file import apart, apart_unknown
from kesu.casework.waiting.called_on import asked_for
from kesu.forms.fields.step_form import StepForm
from kesu.forms.standing_of_a_person.clauses import clauses_of, numbers
from kesu.procedure import words
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import COMPLETING
from kesu.reading.text import Text

from ..frame.render import render
from ..own.batch import batch_of
from ..own.report import is_report
from ..said.rows_said import case_line
from ..said.timeline import timeline
from ..said.values import fact_said
from ..who.here import Here
from .deadlines import deadlines
from .form_here import form_for, seats_said, to_send_back
from .overrides import may_ask, overrides_here
from .sealed import ledger_line
from .steps_here import Steps, chosen, shut_here, steps_here


def case_page(
    request: HttpRequest,
    here: Here,
    view: CaseView,
    *,
    form: StepForm | None = None,
    wanted: str | None = None,
    noting: bool = False,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page, with this form open, or that of the wanted step, or of the first that is this person's turn.

    `noting`: the wanted step was asked for so as to note that somebody else took it.
    """
    steps = steps_here(view, here)
    if form is None and (step := chosen(steps, wanted, noting=noting)) is not None:
        form = form_for(step, view, here)
        form.elsewhere.for_other = noting
    parts = {**_timeline(view, form, more.pop("shown_entries", frozenset())), **_around(view, here)}
    context = {
        "view": view,
        "case_id": view.case_id,
        "line": case_line(view.row, here),
        "steps": steps,
        "form": form,
        "ways": seats_said(form.actors, view) if form else [],
        "shut_wanted": None if form else shut_here(steps, wanted),
        "may_let_pass": may_ask(view, wanted),
        "overrides": overrides_here(view, here),
        "override_key": uuid4().hex,
        "changed": None,
        "passing": [],
        "returns": _returns(steps, view, form),
        "sending_back": STEP.SENT_BACK,
        "completing": form is not None and form.step.name in COMPLETING and form.step in steps.turn,
    }
    return render(request, here, "case.html", status=status, **{**context, **parts, **more})


def _timeline(view: CaseView, form: StepForm | None, entries: frozenset[int]) -> dict[str, Any]:
    """The timeline; for a form that consents or tells, the content it is about; for one sent back, by whom and why."""
    about = form is not None and form.step.name in view.gate.steps
    behind = view.as_they_stand(view.gate.words) if about else []
    entries_said = timeline(view, unmasked=entries)[::-1]
    back = sent_back(view.case, form.step.name) if form is not None else None
    asking = asked_for(view.case, form.step.name, view.reader.person) if form is not None else None
    return {
        "timeline": entries_said,
        "asking": next((one for one in entries_said if asking and one.number == asking.number), None),
        "returned": next((one for one in entries_said if back and one.number == back.number), None),
        "shows": [fact_said(fact, view.directory) for fact in behind],
    }


def _returns(steps: Steps, view: CaseView, form: StepForm | None) -> list[tuple[Text, int]]:
    """What may be sent back instead of being decided on: the title of each step, and the entry."""
    if form is None or not form.step.word.decides or form.elsewhere.for_other:
        return []
    option = steps.options.get(STEP.SENT_BACK)
    acts = to_send_back(view, deciding_at=form.step.name) if option is not None and option.allowed else []
    return [(view.procedure.steps[act.step].title, act.number) for act in acts]


def _around(view: CaseView, here: Here) -> dict[str, Any]:
    """The column at the side."""
    checked = clauses_of(view, now=here.now)
    still = seen_still(view.case.history)
    limits = deadlines(view, here)
    return {
        "limits": limits,
        "limits_done": [limit for limit in limits if not limit.running],
        "next_limit": next((limit for limit in limits if limit.running and limit.until), None),
        "kept_out": kept_out(view),
        "named_only": sorted(map(view.directory.name_of, still & view.directory.persons.keys())),
        "not_told": [words.facts()[fact].title for fact in apart_unknown(view.case)],
        "to_mend": view.case.to_mend(),
        "checked": checked,
        "numbers": numbers(checked),
        "links": [case_line(row, here) for row in view.links],
        "evidence": view.case.history.things(FACT.EVIDENCE),
        "ledger": ledger_line(here.organisation, view),
        "arrives": arrives(view.case),
        "has_complainant": has_complainant(view.case),
        "is_report": is_report(view),
        "batch": batch_of(view, here),
    }


def kept_out(view: CaseView) -> list[str]:
    """Names of the persons and units that have to stay out."""
    out, still = apart(view.case), seen_still(view.case.history)
    persons = sorted(view.directory.name_of(person) for person in out.persons - still)
    return [*persons, *sorted(view.directory.unit_title(unit) for unit in out.units - still)]
