"""人员 → 场所: places of work, each with its hours; a unit works at one, and what it receives is counted by its calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kesu.caseload.acting.answers import Done
from kesu.caseload.acting.clock import clock
from kesu.people.permissions import KEEP_HOUSE
from kesu.reading.strict import ReadError
from kesu.registry.sites import has_own_hours, hours_of, set_site
from kesu.worktime.shifts import ShiftError

from ..frame.page import page
from ..frame.render import not_found, render
from ..own.registers import answered, by
from ..who.here import Here

LONGEST: Final = 80  # characters of a title
AT_ONCE: Final = 500  # open cases that are counted anew at once; the clock's loop does the others


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A site as the list has it. `own`: it works by hours of its own."""

    site: str
    title: str
    calendar: str
    hours: str
    own: bool
    units: tuple[str, ...]


@require_http_methods(["GET", "POST"])
@page(KEEP_HOUSE)
def sites(request: HttpRequest, here: Here) -> HttpResponse:
    """All sites, and the form of a new one or of `?site=`: 404 for one that there is not; 422 where something is wrong, with what was typed."""
    asked = request.POST if request.method == "POST" else request.GET
    site = asked.get("site", "").strip()
    if site and site not in here.directory.sites:
        return not_found(request, here)
    lines = [_line(name, here) for name in here.directory.sites]
    present = next((line for line in lines if line.site == site), None)
    typed = {
        "title": request.POST.get("title", present.title if present else "").strip(),
        "hours": request.POST.get("hours", present.hours if present and present.own else "").strip(),
    }
    errors = _sent(request, here, site, typed) if request.method == "POST" else {}
    if request.method == "POST" and not errors:
        messages.success(request, _("Recorded. The limits of open cases are counted anew."))
        return redirect("sites")
    return render(
        request, here, "sites.html", status=422 if errors else 200, lines=lines, present=present, typed=typed, errors=errors,
        house=_hours(here, ""), key=request.POST.get("key") or uuid4().hex,
    )  # fmt: skip


def _sent(request: HttpRequest, here: Here, site: str, typed: dict[str, str]) -> dict[str, str]:
    """What is wrong with what was sent; nothing when it was recorded."""
    others = {one.title for name, one in here.directory.sites.items() if name != site}
    if not typed["title"] or len(typed["title"]) > LONGEST:
        return {"title": _("Write what the site is called, at most 80 characters.")}
    if typed["title"] in others:
        return {"title": _("There is a site of this name.")}
    parts = typed["hours"].replace("，", ",").replace("、", ",").replace("：", ":").split(",")
    hours = [part.strip() for part in parts if part.strip()]
    key = request.POST.get("key", "")[:40] or uuid4().hex
    try:
        answer = answered(
            lambda: set_site(typed["title"], site=site or None, hours=hours, key=key, **by(here)), here
        )
    except (ShiftError, ReadError) as wrong:
        return {"hours": wrong.in_(here.lang)}
    if not isinstance(answer, Done):
        return {"": " ".join(answer)}
    clock(now=here.now, organisation=here.organisation, limit=AT_ONCE)
    return {}


def _line(site: str, here: Here) -> SiteLine:
    row = here.directory.sites[site]
    at_it = [
        unit.title
        for unit in here.directory.units
        if (unit.until is None or here.now < unit.until)
        and here.directory.site_of(unit.unit, here.now) == site
    ]
    own = has_own_hours(here.directory, site)
    return SiteLine(site, row.title, row.calendar, _hours(here, site), own, tuple(dict.fromkeys(at_it)))


def _hours(here: Here, site: str) -> str:
    shifts = hours_of(here.directory, site).to_data()["shifts"]
    return ", ".join(map(str, shifts if isinstance(shifts, list) else []))
