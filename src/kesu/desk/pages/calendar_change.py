"""日历 → 修改: other working hours, and a year's schedule with what it would move before anything is written."""

from __future__ import annotations

from typing import Final
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kesu.caseload.acting.answers import Done
from kesu.caseload.acting.clock import clock
from kesu.people.permissions import KEEP_CALENDARS
from kesu.reading.strict import ReadError
from kesu.registry.calendars import Moved, import_calendar, present_calendar, set_hours, what_moves
from kesu.worktime.calendar_text import form_of_text
from kesu.worktime.shifts import ShiftError

from ..frame.page import page
from ..frame.render import not_found, render
from ..own.registers import answered, by
from ..who.here import Here

SOURCE: Final = "pasted"
AT_ONCE: Final = 500  # open cases that are counted anew at once; the clock's loop does the others
LONGEST: Final = 40_000  # characters of a schedule


@require_http_methods(["GET", "POST"])
@page(KEEP_CALENDARS)
def change(request: HttpRequest, here: Here, name: str) -> HttpResponse:
    """404 for no calendar. POST sets the hours, or looks what a schedule would move, or brings it in (422 when it cannot be read)."""
    if name not in here.directory.calendars:
        return not_found(request, here)
    act, typed = request.POST.get("act", ""), request.POST.get("schedule", "")[:LONGEST]
    shifts = present_calendar(here.directory, name).to_data()["shifts"]
    hours = request.POST.get("hours", ", ".join(map(str, shifts if isinstance(shifts, list) else [])))
    errors: dict[str, str] = {}
    moves: list[Moved] | None = None
    try:
        if act == "hours":
            errors = _hours(request, here, name, hours)
        elif act:
            moves = what_moves(
                _pasted(typed),
                source=SOURCE,
                form=form_of_text(typed),
                organisation=here.organisation,
                name=name,
            )
            errors = _brought_in(request, here, typed) if act == "bring" else {}
        if act in ("hours", "bring") and not errors:
            clock(now=here.now, organisation=here.organisation, limit=AT_ONCE)
            messages.success(request, _("Recorded. The limits of open cases are counted anew."))
            return redirect("calendar", name)
    except (ShiftError, ReadError) as wrong:
        errors = {"hours" if act == "hours" else "schedule": wrong.in_(here.lang)}
    return render(
        request, here, "calendar_change.html", status=422 if errors else 200, name=name, hours=hours, schedule=typed,
        moves=moves, errors=errors, key=uuid4().hex,
    )  # fmt: skip


def _hours(request: HttpRequest, here: Here, name: str, hours: str) -> dict[str, str]:
    shifts = [part.strip() for part in hours.replace("，", ",").replace("、", ",").split(",") if part.strip()]
    answer = answered(lambda: set_hours(shifts, name=name, key=_key(request), **by(here)), here)
    return {} if isinstance(answer, Done) else {"": " ".join(answer)}


def _brought_in(request: HttpRequest, here: Here, typed: str) -> dict[str, str]:
    answer = answered(
        lambda: import_calendar(
            _pasted(typed), source=_source(typed), form=form_of_text(typed), key=_key(request), **by(here)
        ),
        here,
    )
    return {} if isinstance(answer, Done) else {"": " ".join(answer)}


def _source(typed: str) -> str:
    """Where the days come from, as it is on record: the region by its name."""
    return typed.strip() if form_of_text(typed) == "region" else SOURCE


def _pasted(typed: str) -> str:
    """What was copied out of a spreadsheet has tabs where a file has commas."""
    if form_of_text(typed) != "csv":
        return typed
    return typed.replace("\t", ",").strip() + "\n"


def _key(request: HttpRequest) -> str:
    return request.POST.get("key", "")[:40] or uuid4().hex
