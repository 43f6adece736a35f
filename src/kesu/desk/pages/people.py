"""人员: who holds which post, who stands in; the administrator appoints."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kesu.people.permissions import APPOINT, PEOPLE
from kesu.people.posts import OFFICE_POSTS
from kesu.procedure.kinds.instant import instant_of
from kesu.procedure.kinds.typed_times import moment
from kesu.reading.text import Text
from kesu.reading.whole import whole
from kesu.registry.register_acts import RegisterAct

from ..case.around import persons, units
from ..frame.page import page
from ..frame.render import not_found, render
from ..own.registers import in_the_way
from ..who.here import Here

KINDS = {
    "post": "post taken",
    "stand-in": "stand-in named",
    "end-post": "post left",
    "end-stand-in": "stand-in ended",
}
FIELDS = {
    "post": ("post", "person", "unit", "from", "until"),
    "stand-in": ("post", "behalf", "person", "from", "until"),
    "end-post": ("post", "entry", "until"),
    "end-stand-in": ("post", "entry", "until"),
}
MAY_BE_EMPTY = frozenset({("post", "until")})
INSTANTS = ("from", "until")


@page(PEOPLE)
def people(request: HttpRequest, here: Here) -> HttpResponse:
    """Posts with their holders and stand-ins, then everybody. With `?on=` who held them on that day or at that moment."""
    asked = request.GET.get("on", "").strip()[:40]
    day = (instant_of(asked, here.zone) or moment(asked, now=here.now, zone=here.zone)) if asked else None
    return render(
        request,
        here,
        "people.html",
        posts=[(title, name, *_held(name, here, day)) for name, title in _posts(here).items()],
        on=asked,
        day=day,
        persons=persons(here),
        appoints=here.may(APPOINT) and day is None,
        units=units(here),
    )


def _posts(here: Here) -> dict[str, Text]:
    titles = {name: post.title for procedure in here.procedures for name, post in procedure.posts.items()}
    return titles | OFFICE_POSTS


def _held(
    post: str, here: Here, day: datetime | None
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Who holds a post, and who stands in for whom, now and later; or who did at a moment, and nobody else."""
    since = day or here.now
    held = [
        {
            "person": here.directory.name_of(row.person),
            "unit": here.directory.unit_title(row.unit),
            "row": row,
        }
        for row in here.directory.holdings
        if row.post == post and (row.until is None or row.until > since) and (day is None or row.since <= day)
    ]
    stand_ins = [
        {
            "person": here.directory.name_of(row.person),
            "behalf": here.directory.name_of(row.behalf),
            "row": row,
        }
        for row in here.directory.stand_ins
        if row.post == post and row.until > since and (day is None or row.since <= day)
    ]
    return held, stand_ins


@require_http_methods(["GET", "POST"])
@page(APPOINT)
def appoint(request: HttpRequest, here: Here, kind: str) -> HttpResponse:
    """The form by which the administrator gives a post, names a stand-in, or ends either.

    In this order: the kind is one of the four (else 404); every field can be read; the register takes it (else 422). A link
    may have filled in fields of the form; it records nothing.
    """
    if kind not in KINDS:
        return not_found(request, here)
    typed = {name: request.POST.get(name, request.GET.get(name, "")) for name in FIELDS[kind]}
    errors: dict[str, str] = {}
    if request.method == "POST":
        facts, errors = _facts(kind, typed, here)
        if not errors:
            act = RegisterAct(f"post/{typed['post']}", KINDS[kind], facts)
            key = request.POST.get("key") or uuid4().hex
            problems = in_the_way(act, here, key)
            if not problems:
                messages.success(request, _("Recorded."))
                return redirect("people")
            errors = {"": " ".join(problems)}
    return render(
        request,
        here,
        "appoint.html",
        status=422 if errors else 200,
        kind=kind,
        heading={"post": _("Give a post"), "stand-in": _("Name a stand-in")}.get(kind, _("End it")),
        typed=typed,
        errors=errors,
        key=uuid4().hex,
        posts=_posts(here),
        persons=persons(here),
        units=units(here),
    )


def _facts(kind: str, typed: dict[str, str], here: Here) -> tuple[dict[str, object], dict[str, str]]:
    """The facts of the register's step, and what is wrong beside each field."""
    facts: dict[str, object] = {}
    errors: dict[str, str] = {}
    for name in FIELDS[kind]:
        text = typed[name].strip()
        if name == "post":
            if text not in _posts(here):
                errors[name] = _("Choose a post.")
        elif name in INSTANTS:
            at = _instant(name, text, here)
            if at is not None:
                facts[name] = at
            elif text or (kind, name) not in MAY_BE_EMPTY:
                errors[name] = _("Write a time such as 3.6 17:10 or 2026-03-06 17:10.")
        elif not text:
            errors[name] = _("Choose one.")
        else:
            number = whole(text) if name == "entry" else None
            facts[name] = text if number is None else number
    return facts, errors


def _instant(name: str, text: str, here: Here) -> datetime | None:
    if not text:
        return here.now if name == "from" else None
    return moment(text, now=here.now, zone=here.zone)
