"""待办: what is mine to do, by when and why; and what others owe."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kesu.people.posts import ASSESSOR

from ..here import Here, page
from ..shown import shown
from ..tasks import by_file, work_of


@page
def work(request: HttpRequest, here: Here) -> HttpResponse:
    """The queue in bands; whoever handles no cases is sent to what is his."""
    if not here.handles_cases:
        return redirect("cases" if here.holds(ASSESSOR) else "people")
    found = work_of(here)
    names = {
        "late": _("Overdue"),
        "today": _("Today"),
        "week": _("This week"),
        "later": _("Later"),
        "open": _("Next steps"),
    }
    bands = [(names[name], len(rows), by_file(rows)) for name, rows in found.bands]
    others = (len(found.others), by_file(found.others))
    return shown(request, here, "work.html", bands=bands, others=others, count=len(found.mine))
