"""是同一件、相关、无关: what somebody says of two cases, from the page of one of them or while the newer is registered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kesu.caseload.acting.answers import Busy, Done, KeyTaken, NotYours
from kesu.caseload.acting.perform import perform
from kesu.caseload.asking.opened import CaseView, opened
from kesu.caseload.asking.similar import to_compare
from kesu.caseload.models import CaseRow
from kesu.forms.fields.step_form import StepForm
from kesu.names import StepName
from kesu.procedure import words
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text

from ..frame.render import not_found
from ..own.drafted import form_of_step
from ..own.similar_said import similar_said
from ..said.on_page import slug
from ..said.rows_said import CaseLine
from ..who.form_drafts import keep_draft
from ..who.here import Here
from .form_here import form_for

LIKE: Final = "like-"  # how the inputs begin that answer for a case while another is registered
ADD_TO: Final = "add-to"
KEY: Final = 64  # characters


@dataclass(frozen=True, slots=True)
class Pair:
    """A case that may be the same as the one on the page. `joins`: this person can join the one on the page to it."""

    line: CaseLine
    alike: Text
    joins: bool
    key: str


def pairs(view: CaseView, here: Here) -> list[Pair]:
    """What is still to be compared; nothing for whoever may note nothing here."""
    if not _may(view, STEP.NOTE):
        return []
    joins = _may(view, STEP.JOINED)
    return [
        Pair(line, alike, joins and _joinable(view.procedure, line.row), uuid4().hex)
        for line, alike in similar_said(to_compare(view), here)
    ]


def _may(view: CaseView, step: StepName) -> bool:
    return step in view.procedure.steps and any(view.takers.may(step, actor) for actor in view.actors)


def _joinable(procedure: Procedure, row: CaseRow) -> bool:
    return row.procedure == procedure.id and not row.ended


def answers() -> Mapping[str, Text]:
    """What can be said of two cases, in the order of the page."""
    return words.facts()[FACT.LIKENESS].choices


def compared(view: CaseView, here: Here, *, other: str, likeness: str, key: str) -> StepForm | None:
    """The note that says it; None where the procedure knows no notes, or there is no such answer."""
    step = view.procedure.steps.get(STEP.NOTE)
    if step is None or likeness not in answers():
        return None
    form = form_for(step, view, here)
    form.facts = {FACT.COMPARED_CASE: other, FACT.LIKENESS: likeness}
    form.key = key[:KEY] or form.key
    return form


def note_answers(request: HttpRequest, here: Here, *, file: str, key: str) -> None:
    """What was answered while the file was registered, one note each; what is refused is said, and can be answered on its page."""
    for name in request.POST:
        likeness = request.POST.get(name, "")
        if name.startswith(LIKE) and not _noted(here, file, name.removeprefix(LIKE), likeness, key):
            messages.warning(
                request, _("One comparison was not recorded; answer it on the page of the case.")
            )


def _noted(here: Here, file: str, other: str, likeness: str, key: str) -> bool:
    view = opened(file, here)
    form = view and compared(
        view, here, other=f"case/{other}", likeness=likeness, key=f"{key[:31]}-{other[:32]}"
    )
    if not form:
        return False
    try:
        answer = perform(
            form.command(),
            organisation=here.organisation,
            person=here.person,
            now=here.now,
            key=form.key,
            file=file,
        )
    except (Busy, KeyTaken, NotYours):
        return False
    return isinstance(answer, Done)


def add_to(request: HttpRequest, here: Here, typed: Mapping[str, Sequence[str]]) -> HttpResponse:
    """What was typed of a new matter goes into the form by which a case is added to; nothing is recorded before that is sent.

    404 where this person sees no such case.
    """
    view = opened(f"case/{request.POST.get(ADD_TO, '')}", here)
    if view is None:
        return not_found(request, here)
    step = next((one for one in (STEP.ADDED, STEP.NOTE) if _may(view, one)), None)
    if step is None:
        messages.warning(
            request, _("This case takes no addition from you; register it as a case of its own.")
        )
        return redirect("case", view.case_id)
    said = {
        name: typed[given]
        for name, given in (("f-text", "f-account"), ("f-evidence-files", "f-evidence-files"))
        if typed.get(given)
    }
    keep_draft(form_of_step(view.row.file, step, here), said, now=here.now)
    messages.info(request, _("Nothing is recorded yet: look at what goes into this case, and send it."))
    return redirect(reverse("step", args=[view.case_id, slug(step)]) + "#act")
