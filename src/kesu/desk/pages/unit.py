"""人员 → 部门: a unit joins the tree, at a site of its own where it has one."""

from __future__ import annotations

from typing import Final
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kesu.people.permissions import KEEP_HOUSE
from kesu.registry.register_acts import RegisterAct

from ..case.around import units
from ..frame.page import page
from ..frame.render import render
from ..own.registers import in_the_way
from ..who.here import Here

LONGEST: Final = 80  # characters of a title
DRAWN: Final = 8  # characters of the id that a unit gets


@require_http_methods(["GET", "POST"])
@page(KEEP_HOUSE)
def new_unit(request: HttpRequest, here: Here) -> HttpResponse:
    """A new unit: its title is there and is no other's; then the register takes it (else 422, and what was typed is kept)."""
    typed = {name: request.POST.get(name, "").strip() for name in ("title", "under", "site")}
    there = units(here)
    errors: dict[str, str] = {}
    if request.method == "POST":
        if not typed["title"] or len(typed["title"]) > LONGEST:
            errors["title"] = _("Write what it is called, at most 80 characters.")
        elif typed["title"] in {unit.title.zh for unit in there}:
            errors["title"] = _("There is a unit of this name.")
        if not errors:
            facts = {
                "unit": f"u-{uuid4().hex[:DRAWN]}",
                "title": typed["title"],
                "under": typed["under"] or "main",
            }
            facts |= {"site": typed["site"]} if typed["site"] else {}
            act = RegisterAct(f"organisation/{here.organisation}", "unit added", facts)
            problems = in_the_way(act, here, request.POST.get("key") or uuid4().hex)
            if not problems:
                messages.success(request, _("Recorded."))
                return redirect("people")
            errors = {"": " ".join(problems)}
    return render(
        request, here, "unit_new.html", status=422 if errors else 200, typed=typed, errors=errors, units=there,
        sites=here.directory.sites.values(), key=uuid4().hex,
    )  # fmt: skip
