"""Everything that the page of one case shows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from kesu.caseload.asking.opened import Opened
from kesu.caseload.sight.complainant import arrives, has_complainant
from kesu.casework.file.roles_in_file import apart
from kesu.forms.fields.step_form import StepForm
from kesu.procedure.words.names import FACT

from ..frame.render import render
from ..own.batch import batch_of
from ..own.report import is_report
from ..said.rows_said import case_line
from ..said.timeline import timeline
from ..said.values import fact_said
from ..who.here import Here
from .checklist import checklist, numbers
from .deadlines import deadlines
from .form_here import form_for, seats_said
from .sealed import ledger_line
from .steps_here import Shut, Steps, chosen, steps_here


def case_page(
    request: HttpRequest,
    here: Here,
    seen: Opened,
    *,
    form: StepForm | None = None,
    wanted: str | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page, with this form open, or that of the wanted step, or of the first that is this person's turn."""
    steps = steps_here(seen, here)
    if form is None and (step := chosen(steps, wanted)) is not None:
        form = form_for(step, seen, here)
    if form is not None and any(one.step == form.step and one.by_another for one in steps.shut):
        form.elsewhere.for_other = True
    told = {**_told(seen, form, more.pop("shown_entries", frozenset())), **_around(seen, here)}
    context = {
        "seen": seen,
        "case_id": seen.case_id,
        "line": case_line(seen.row, here),
        "steps": steps,
        "form": form,
        "ways": seats_said(form.actors, seen) if form else [],
        "shut_wanted": _shut(steps, wanted),
    }
    return render(request, here, "case.html", status=status, **context, **told, **more)


def _told(seen: Opened, form: StepForm | None, entries: frozenset[int]) -> dict[str, Any]:
    """The timeline, and for a form that consents or tells the content it is about, both behind the gate."""
    about = form is not None and form.step.name in seen.gate.steps
    behind = seen.as_they_stand(seen.gate.words) if about else []
    return {
        "told": timeline(seen, shown=entries)[::-1],
        "shows": [fact_said(fact, seen.directory) for fact in behind],
    }


def _around(seen: Opened, here: Here) -> dict[str, Any]:
    """The column at the side."""
    checked = checklist(seen, now=here.now)
    limits = deadlines(seen, here)
    return {
        "limits": limits,
        "limits_done": [one for one in limits if not one.running],
        "next_limit": next((one for one in limits if one.running and one.until), None),
        "kept_out": kept_out(seen),
        "to_mend": seen.case.to_mend(),
        "checked": checked,
        "numbers": numbers(checked),
        "links": [case_line(row, here) for row in seen.links],
        "evidence": seen.case.history.things(FACT.EVIDENCE),
        "ledger": ledger_line(here.organisation, seen),
        "arrives": arrives(seen.case),
        "has_complainant": has_complainant(seen.case),
        "is_report": is_report(seen),
        "batch": batch_of(seen, here),
    }


def kept_out(seen: Opened) -> list[str]:
    """Names of the persons and units that have to stay out."""
    found = apart(seen.case)
    persons = sorted(seen.directory.name_of(person) for person in found.persons)
    return [*persons, *sorted(seen.directory.unit_title(unit) for unit in found.units)]


def _shut(steps: Steps, wanted: str | None) -> Shut | None:
    """The step that was asked for, where it cannot be taken: its reasons stand at the top."""
    return next((one for one in steps.shut if one.step.name == wanted), None)
