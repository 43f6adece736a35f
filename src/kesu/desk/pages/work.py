"""待办: what is mine to do, by when and why; and what others owe."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kesu.caseload.asking.queries import named_lately
from kesu.people.permissions import CASES, SETTLE, WORK
from kesu.reading.text import Text

from ..frame.page import page
from ..frame.render import render
from ..own.tasks import Row, by_holder, in_bands, together, work_of
from ..own.to_sign import drafts_to_sign
from ..who.here import Here


@page(WORK)
def work(request: HttpRequest, here: Here) -> HttpResponse:
    """The queue in bands, or with `?view=others` what others owe; whoever handles no cases is sent to what is his."""
    if not here.is_offered(WORK):
        if here.may(SETTLE) and not here.procedures:
            return redirect("setup")
        return redirect("cases" if here.is_offered(CASES) else "people")
    tasks = work_of(here)
    names = {
        "late": _("Overdue"),
        "today": _("Today"),
        "week": _("This week"),
        "later": _("Later"),
        "open": _("No set time"),
    }
    others = request.GET.get("view") == "others"
    held = by_holder(tasks.others)
    waiting = sum(len(rows) for _who, rows in held)
    views = [
        (reverse("work"), _("For me"), len(tasks.mine), not others),
        (f"{reverse('work')}?view=others", _("Waiting for others"), waiting, others),
    ]
    return render(
        request,
        here,
        "work.html",
        bands=[(name, names[name], len(rows), together(rows)) for name, rows in in_bands(tasks.mine)],
        views=views,
        mine=not others,
        count=len(tasks.mine),
        waiting=waiting,
        held=held,
        standing_in=_standing_in(here, tasks.mine),
        today=here.now.astimezone(ZoneInfo(here.zone)).date(),
        named=named_lately(here),
        to_sign=drafts_to_sign(here),
    )


def _standing_in(here: Here, rows: list[Row]) -> list[tuple[str, Text, int]]:
    """For whom, in which post, and how much of that waits in his own list."""
    posts: dict[str, Text] = {}
    for seat in here.seats:
        if seat.behalf is not None:
            posts.setdefault(here.directory.name_of(seat.behalf), here.title_of(seat.post))
    return [(who, post, sum(row.behalf == who for row in rows)) for who, post in posts.items()]
