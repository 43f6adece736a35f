"""What somebody has typed into a form and not sent: kept on the server by person and form, and shown to nobody else.

Each form carries a signed mark: whose it is, which, and since when it is open. By it what was typed is kept for the same person when
the session has ended meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from ..models import FormDraft

KEPT: Final = timedelta(days=7)
LIFE: Final = timedelta(hours=24)  # that a form may be sent after it was opened, and find its person again
PAUSE: Final = timedelta(seconds=1)  # between two drafts that a page sends by itself
LONGEST: Final = 500_000  # characters of one draft as it is kept
MOST: Final = 30  # drafts of one person
OPENED: Final = "opened"  # the input with the mark
SALT: Final = "kesu.desk.form"
ANSWERS: Final = "f-"  # how the inputs of facts begin; a password is none of them
BESIDE: Final = ("as", "for-other")

Outcome = Literal["kept", "newer elsewhere", "too long", "too soon"]


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form as it stands open before somebody. `path` leads to it again."""

    organisation: str
    person: str
    form: str
    path: str
    since: datetime

    @property
    def mark(self) -> str:
        """What the form carries."""
        said = [self.organisation, self.person, self.form, self.path, self.since.isoformat()]
        return signing.dumps(said, salt=SALT)


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed, by the name of the input, and when it was kept."""

    typed: Mapping[str, Sequence[str]]
    saved: datetime


def open_form(mark: str, *, now: datetime) -> OpenForm | None:
    """The form of a mark of ours; None for any other text, and for one opened too long ago."""
    try:
        organisation, person, form, path, since = signing.loads(mark, salt=SALT)
    except signing.BadSignature:
        return None
    found = OpenForm(organisation, person, form, path, datetime.fromisoformat(since))
    return found if now - found.since <= LIFE else None


def keep_draft(
    opened: OpenForm, typed: Mapping[str, Sequence[str]], *, now: datetime, by_itself: bool = False
) -> Outcome:
    """Keeps what was typed, unless a page that was opened later has kept something, or the form was sent from one.

    `by_itself`: the page sends it while somebody types, which it may do once a second.
    """
    answers = {
        name: [*values] for name, values in typed.items() if name.startswith(ANSWERS) or name in BESIDE
    }
    text = json.dumps(answers)
    if len(text) > LONGEST:
        return "too long"
    mine = FormDraft.objects.filter(organisation=opened.organisation, person=opened.person)
    if by_itself and mine.filter(saved__gt=now - PAUSE, saved__lte=now).exists():
        return "too soon"
    with transaction.atomic():
        row, is_new = mine.select_for_update().get_or_create(
            organisation=opened.organisation,
            person=opened.person,
            form=opened.form,
            defaults={"typed": text, "opened": opened.since, "saved": now},
        )
        if is_new:
            oldest = list(mine.order_by("-saved", "-pk").values_list("pk", flat=True)[MOST:])
            mine.filter(pk__in=oldest).delete()
            return "kept"
        if opened.since < row.opened or (not row.typed and opened.since == row.opened):
            return "newer elsewhere"
        row.typed, row.opened, row.saved = text, opened.since, now
        row.save()
    return "kept"


def draft_of(opened: OpenForm) -> Draft | None:
    """What this person has typed into this form and not sent."""
    row = _row(opened).exclude(typed="").first()
    return Draft(json.loads(row.typed), row.saved) if row else None


def drop_draft(opened: OpenForm, *, now: datetime) -> None:
    """The form was sent, or the draft thrown away: its words go at once, and pages opened until now bring nothing back."""
    _row(opened).update(typed="", opened=now, saved=now)


def _row(opened: OpenForm) -> QuerySet[FormDraft]:
    return FormDraft.objects.filter(organisation=opened.organisation, person=opened.person, form=opened.form)


def forget_old_drafts(now: datetime) -> None:
    """Takes away what was kept so long ago that nobody comes back for it."""
    FormDraft.objects.filter(saved__lt=now - KEPT).delete()


def left_by(request: HttpRequest, *, now: datetime) -> OpenForm | None:
    """The form of ours that this request brings although nobody is signed in who may send it: kept for whoever opened it."""
    opened = open_form(request.POST.get(OPENED, ""), now=now) if request.method == "POST" else None
    if opened is not None:
        sent = OpenForm(opened.organisation, opened.person, opened.form, opened.path, now)
        keep_draft(sent, dict(request.POST.lists()), now=now)
    return opened
