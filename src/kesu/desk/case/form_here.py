"""The form of a step for one person, and the posts in which he can take it."""

from __future__ import annotations

from kesu.caseload.asking.opened import CaseView
from kesu.casework.deciding.decide import Actor
from kesu.casework.deciding.sending_back import returnable
from kesu.casework.deciding.signature import wants_signature
from kesu.casework.file.let_pass import proposals
from kesu.casework.file.naming import waiting_for
from kesu.casework.waiting.takers import taken_by
from kesu.forms.fields.making import step_form
from kesu.forms.fields.step_form import StepForm
from kesu.forms.standing_of_a_person.in_words import seat_of
from kesu.names import StepName
from kesu.procedure.history.act import Act
from kesu.procedure.history.hearsay import to_confirm
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.model import Step
from kesu.reading.text import Text

from ..who.here import Here
from .around import around


def form_for(step: Step, view: CaseView, here: Here) -> StepForm:
    """The empty form of a step for this person."""
    mine = ways(step, view)
    form = step_form(
        step,
        case=view.case,
        directory=view.directory,
        actors=mine,
        mine=view.actors,
        others=[actor for actor in view.takers.actors.present if actor.person != here.person],
        around=around(here, view.procedure, view),
        seen_up_to=view.number,
        kept_back=view.gate.kept_back,
    )
    if step.name == STEP.WORK_CONFIRMED:
        _only(form, {act.number for act, _ in view.case.to_mend()})
    elif step.name == STEP.SENT_BACK:
        _only(form, {act.number for act in to_send_back(view)})
    elif step.name in (STEP.OVERRIDE_AGREED, STEP.OVERRIDE_DECLINED):
        _only(form, {one.act.number for one in proposals(view.case.history) if one.waits})
    elif step.name == STEP.NAMING_CONFIRMED:
        named = waiting_for(here.person, here.units, view.case.history)
        _only(form, {act.number for act in named})
    elif step.name == STEP.CONFIRMED_IN_PERSON:
        noted = to_confirm(view.case.history, here.person)
        _only(form, {act.number for act in noted})
        form.signing.wanted = any(wants_signature(view.procedure, act.step) for act in noted)
    return form


def _only(form: StepForm, waiting: set[int]) -> None:
    """Somebody confirms what waits for him, not just any entry."""
    for field in form.fields:
        if field.word == FACT.ENTRY:
            field.choices = [choice for choice in field.choices if int(choice.value) in waiting]
            field.typed = [field.choices[0].value] if len(field.choices) == 1 else []
            field.required = True


def to_send_back(view: CaseView, *, deciding_at: str | None = None) -> list[Act]:
    """The entries on which it is this person's to decide next (at this step): each may be sent back to whoever made it."""
    nobodys = Act(number=view.case.number + 1, step=StepName(""), at=view.now, noted=view.now)
    found = {
        act.number: act
        for actor in view.actors
        for act in returnable(view.case, taken_by(actor, nobodys), deciding_at=deciding_at)
    }
    return list(found.values())


def ways(step: Step, view: CaseView) -> list[Actor]:
    """The posts in which this person can take the step; where none lets him, all he has, so that he is told why.

    Whoever only reads has none, and is told that.
    """
    able = [actor for actor in view.actors if view.takers.may(step.name, actor)]
    return able or view.actors or [Actor(view.reader.person, None, None, view.reader.units)]


def seats_said(actors: list[Actor], view: CaseView) -> list[Text]:
    """Each way in words: 质量负责人, 代陆建国任总经理."""
    return [seat_of(actor, view.case, view.directory) for actor in actors]
