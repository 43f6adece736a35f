"""A form that opens as somebody left it: his draft in its fields, without a word yet on what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from kesu.files.drafts import not_drafts
from kesu.forms.fields.arrival import Arrival
from kesu.forms.fields.fields import Field
from kesu.forms.fields.reading import Typed, not_judged_yet
from kesu.forms.fields.step_form import StepForm
from kesu.forms.fields.widgets import UPLOAD
from kesu.procedure.kinds.files import as_typed

from ..said.on_page import ident, slug
from ..who.form_drafts import Draft, OpenForm, draft_of, drop_draft, keep_draft
from ..who.here import Here

RECORDED = 302  # the answer leads on


def form_of_kind(procedure: str, here: Here) -> OpenForm:
    """The form that begins a file under a procedure, opened now."""
    path = f"{reverse('register')}?procedure={procedure}"
    return _opened(here, f"register/{procedure}", path)


def form_of_step(file: str, step: str, here: Here) -> OpenForm:
    """The form of a step of a file, opened now."""
    return _opened(here, f"{file}/{step}", reverse("step", args=[ident(file), slug(step)]))


def _opened(here: Here, form: str, path: str) -> OpenForm:
    return OpenForm(here.organisation, here.person, form, path, here.now)


def taken_up(
    opened: OpenForm,
    form: Arrival | StepForm,
    read: Callable[[Typed], None],
    *,
    asked: Mapping[str, str] | None = None,
) -> Draft | None:
    """Reads the draft of this form into it; None where there is none, or where the address asks for something else (`asked`)."""
    draft = draft_of(opened)
    if draft is None or any([value] != [*draft.typed.get(name, ())] for name, value in (asked or {}).items()):
        return None
    read(draft.typed)
    not_judged_yet(form.all_fields)
    _leave_out_lost_files(opened, form.all_fields)
    return draft


def _leave_out_lost_files(opened: OpenForm, fields: Sequence[Field]) -> None:
    """Files wait a day to be put on record; those of an older draft have to be chosen again."""
    for field in fields:
        if field.widget != UPLOAD or not field.typed:
            continue
        with transaction.atomic():
            there = [file for _, file in field.files]
            lost = not_drafts(there, organisation=opened.organisation, person=opened.person)
        gone = {as_typed(file) for file in lost}
        field.typed = [text for text in field.typed if text not in gone]


def settled(answer: HttpResponse, opened: OpenForm, typed: Typed) -> HttpResponse:
    """The answer to a form that was sent: recorded, its draft goes; refused, what was typed is kept as one."""
    if answer.status_code == RECORDED:
        drop_draft(opened, now=opened.since)
    else:
        keep_draft(opened, typed, now=opened.since)
    return answer
