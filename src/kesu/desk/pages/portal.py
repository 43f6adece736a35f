"""投诉门户: whether it is open, what whoever complains is told and agrees to, and the records in its foot."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kesu.people.permissions import SETTLE
from kesu.registry.portal_settings import (
    ANONYMOUS,
    FILE,
    HELP,
    ICP,
    NO,
    NONE,
    NOTICE,
    OWN_NOTICE,
    POLICE,
    SAID,
    STATE,
    YES,
    portal_of,
    set_portal,
)

from ..frame.page import page
from ..frame.render import render
from ..own.registers import LONGEST_KEY, answered
from ..who.here import Here

ASKED = (STATE, ANONYMOUS, NOTICE, HELP, ICP, POLICE)


@require_http_methods(["GET", "POST"])
@page(SETTLE)
def portal_settings(request: HttpRequest, here: Here) -> HttpResponse:
    """The settings as they stand. POST sets what differs (422 when the register does not take it, and what was typed stays)."""
    problems: list[str] = []
    values = _standing(here)
    if request.method == "POST":
        values = {name: request.POST.get(_input(name), "").strip() for name in ASKED}
        key = request.POST.get("key", "")[: LONGEST_KEY - 4] or uuid4().hex
        answer = answered(
            lambda: set_portal(values, directory=here.directory, person=here.person, now=here.now, key=key),
            here,
        )
        if not isinstance(answer, list):
            messages.success(request, _("Recorded."))
            return redirect("portal settings")
        problems = answer
    fields = [(_input(name), SAID[name], values[name], name) for name in ASKED]
    return render(
        request,
        here,
        "portal_settings.html",
        status=422 if problems else 200,
        fields=fields,
        choosing=(STATE, ANONYMOUS),
        long=NOTICE,
        own_notice=OWN_NOTICE,
        is_open=portal_of(here.directory).is_open,
        errors={"": " ".join(problems)} if problems else {},
        key=uuid4().hex,
    )


def _input(name: str) -> str:
    """The name of the input of a setting."""
    return "s-" + name.replace(" ", "-")


def _standing(here: Here) -> dict[str, str]:
    """What is set; a portal that nobody has opened is closed, and takes complaints without a name once it is open."""
    said = here.directory.settings.get(FILE, {})
    preset = {STATE: NO, ANONYMOUS: YES}
    found = {name: said.get(name, preset.get(name, "")) for name in ASKED}
    return {name: "" if value == NONE else value for name, value in found.items()}
