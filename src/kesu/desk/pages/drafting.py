"""程序 → 起草: a procedure's settings as a form, its posts, its examples; then a draft that others review and approve."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kesu.caseload.acting.answers import Done
from kesu.people.directory import directory_of
from kesu.people.models import Setting
from kesu.people.permissions import APPOINT, SETTLE
from kesu.procedure.written.library import here as library
from kesu.procedure.written.model import Post, Procedure
from kesu.reading.strict import ReadError
from kesu.registry.drafts import draft_edition, next_edition
from kesu.registry.editions import settings_in_force
from kesu.registry.enforce_with_settings import NewSetting
from kesu.registry.foundation import MAIN_UNIT
from kesu.registry.register_acts import RegisterAct
from kesu.registry.signatures import NUMBERS, hands_of, reading_of

from ..case.around import persons
from ..frame.page import page
from ..frame.render import not_found, render
from ..own.library import written_procedures
from ..own.registers import answered, by, in_the_way
from ..own.setting_fields import SettingField, check_kinds, fill, setting_fields
from ..own.tries import Tries, tries_of
from ..own.typed import instants
from ..who.here import Here

FIELDS = ("reviewer", "approver", "from", "reason")


@require_http_methods(["GET", "POST"])
@page(SETTLE)
def draft_form(request: HttpRequest, here: Here, name: str) -> HttpResponse:
    """404 for a procedure that did not come along. POST gives posts that nobody holds, tries the examples, or drafts the edition.

    In this order: every setting is there and of its kind; the times can be read; the register takes the draft (else 422, and
    what was typed is kept).
    """
    if name not in written_procedures():
        return not_found(request, here)
    standing = settings_in_force(here.directory, name)
    procedure = library().load(name, settings=standing)
    fields = setting_fields(procedure, reasons=_reasons(here, name))
    typed = {one: request.POST.get(one, request.GET.get(one, "")).strip() for one in FIELDS}
    errors: dict[str, str] = {}
    tries: Tries | None = None
    if request.method == "POST":
        changed, errors = _read(request, here, procedure, fields)
        act = request.POST.get("act")
        if not errors and act != "posts":
            tries = tries_of(name, standing | {one.name: one.value for one in changed})
        if not errors and act == "draft":
            answer, errors = _drafted(request, here, name, changed, typed)
            if answer is not None:
                messages.success(request, _("Drafted. It waits for the one who reviews it."))
                return redirect("draft", name, answer.number)
    return render(
        request,
        here,
        "draft_form.html",
        status=422 if errors else 200,
        procedure=procedure,
        edition=next_edition(here.directory, name, procedure.edition),
        fields=fields,
        posts=_posts(procedure, here),
        appoints=here.may(APPOINT),
        choices=persons(here),
        typed=typed,
        errors=errors,
        tries=tries,
        persons=[one for one in persons(here) if here.directory.persons[one.value].user_id],
        hands=NUMBERS[hands_of(here.directory)],
        reading=reading_of(here.directory),
        in_force=here.directory.edition_at(name, here.now),
        key=uuid4().hex,
    )


def _read(
    request: HttpRequest, here: Here, procedure: Procedure, fields: Sequence[SettingField]
) -> tuple[list[NewSetting], dict[str, str]]:
    """Gives the posts that were chosen and reads the settings; those are not asked for as long as only posts are given."""
    errors = _held(request, here, procedure)
    changed = fill(fields, dict(request.POST.lists()))
    check_kinds(fields, procedure)
    if request.POST.get("act") == "posts":
        for one in fields:
            one.error = None
    wrong = {one.id: f"{_say(one, here)} {one.error.in_(here.lang)}" for one in fields if one.error}
    return changed, errors | wrong


def _say(setting: SettingField, here: Here) -> str:
    return f"{setting.title.in_(here.lang)}{'：' if here.lang == 'zh' else ':'}"


def _reasons(here: Here, name: str) -> dict[str, str]:
    rows = Setting.objects.filter(organisation=here.organisation, procedure=name)
    return {row.name: row.reason for row in rows}


def _held(request: HttpRequest, here: Here, procedure: Procedure) -> dict[str, str]:
    """Gives each post for which somebody was chosen, in the organisation as a whole; what is in the way, beside its field."""
    errors: dict[str, str] = {}
    for post in procedure.posts:
        field, person = _field(post), ""
        if here.may(APPOINT):
            person = request.POST.get(field, "")
        if person:
            facts = {"person": person, "unit": MAIN_UNIT, "from": here.now}
            key = f"{request.POST.get('key', '')[:40]}/{post}"
            problems = in_the_way(RegisterAct(f"post/{post}", "post taken", facts), here, key)
            errors |= {field: " ".join(problems)} if problems else {}
    return errors


def _field(post: str) -> str:
    return "holder-" + post.replace(" ", "-")


def _posts(procedure: Procedure, here: Here) -> list[tuple[Post, str, list[str], bool]]:
    """Each post with its field, who holds it, and whether somebody has to: the outside ones may stay empty."""
    directory = directory_of(here.organisation)  # anew: a post may just have been given
    return [
        (
            post,
            _field(post.name),
            [directory.name_of(person) for person in directory.holders(post.name, here.now)],
            not post.external,
        )
        for post in procedure.posts.values()
    ]


def _drafted(
    request: HttpRequest, here: Here, name: str, settings: Sequence[NewSetting], typed: dict[str, str]
) -> tuple[Done | None, dict[str, str]]:
    read, errors = instants(typed, ("from",), here)
    for one in ("reviewer", "approver"):
        if typed[one] not in here.directory.persons:
            errors[one] = _("Choose somebody.")
    if errors:
        return None, errors
    try:
        answer = answered(
            lambda: draft_edition(
                name,
                library=library(),
                settings=settings,
                since=read.get("from", here.now),
                reviewer=typed["reviewer"],
                approver=typed["approver"],
                reason=typed["reason"],
                key=request.POST.get("key", "")[:40] or uuid4().hex,
                **by(here),
            ),
            here,
        )
    except ReadError as wrong:
        return None, {"": wrong.in_(here.lang)}
    return (answer, {}) if isinstance(answer, Done) else (None, {"": " ".join(answer)})
