"""待办: what is mine to do, by when and why; and what others owe."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kesu.caseload.asking.queries import named_lately
from kesu.people.permissions import CASES, WORK

from ..frame.page import page
from ..frame.render import render
from ..own.tasks import by_file, in_bands, work_of
from ..who.here import Here


@page(WORK)
def work(request: HttpRequest, here: Here) -> HttpResponse:
    """The queue in bands, or with `?view=others` what others owe; whoever handles no cases is sent to what is his."""
    if not here.is_offered(WORK):
        return redirect("cases" if here.is_offered(CASES) else "people")
    tasks = work_of(here)
    names = {
        "late": _("Overdue"),
        "today": _("Today"),
        "week": _("This week"),
        "later": _("Later"),
        "open": _("Next steps"),
    }
    others = request.GET.get("view") == "others"
    shown_rows = tasks.others if others else tasks.mine
    bands = [(names[name], len(rows), by_file(rows)) for name, rows in in_bands(shown_rows)]
    views = [
        (reverse("work"), _("For me"), len(tasks.mine), not others),
        (f"{reverse('work')}?view=others", _("Waiting for others"), len(tasks.others), others),
    ]
    return render(
        request,
        here,
        "work.html",
        bands=bands,
        views=views,
        mine=not others,
        count=len(tasks.mine),
        waiting=len(tasks.others),
        named=named_lately(here),
    )
