"""人员: who holds which post, who stands in; the administrator appoints."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kesu.people.permissions import APPOINT, KEEP_PERSONS, PEOPLE
from kesu.procedure.kinds.instant import instant_of
from kesu.procedure.kinds.typed_times import moment
from kesu.reading.whole import whole
from kesu.registry.register_acts import RegisterAct

from ..case.around import persons, units
from ..frame.page import page
from ..frame.render import not_found, render
from ..own.posts import post_titles
from ..own.registers import in_the_way
from ..own.typed import instants
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
        posts=[(title, name, *_held(name, here, day)) for name, title in post_titles(here).items()],
        on=asked,
        day=day,
        persons=persons(here),
        left=[row for row in here.directory.persons.values() if row.left is not None],
        keeps=here.may(KEEP_PERSONS),
        appoints=here.may(APPOINT) and day is None,
        units=units(here),
    )


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
        posts=post_titles(here, asked=typed["post"]),
        persons=persons(here),
        units=units(here),
    )


def _facts(kind: str, typed: dict[str, str], here: Here) -> tuple[dict[str, object], dict[str, str]]:
    """The facts of the register's step, and what is wrong beside each field."""
    times = [name for name in INSTANTS if name in FIELDS[kind]]
    read, errors = instants(typed, times, here)
    facts: dict[str, object] = {**read}
    if "from" in times and not typed["from"].strip():
        facts["from"] = here.now
    for name in FIELDS[kind]:
        text = typed[name].strip()
        if name in INSTANTS:
            if not text and name == "until" and kind != "post":
                errors[name] = _("Write a day or a time such as 3.6 17:10 or 2026-03-06.")
        elif name == "post":
            if text not in post_titles(here, asked=text):
                errors[name] = _("Choose a post.")
        elif not text:
            errors[name] = _("Choose one.")
        else:
            number = whole(text) if name == "entry" else None
            facts[name] = text if number is None else number
    return facts, errors
