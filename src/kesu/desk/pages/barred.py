"""被拦下的操作: commands that were sent and barred; and the log of sign-ins and look-ups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from kesu.caseload.acting.barred import LOOKED, barred, problems_of
from kesu.caseload.asking.numbers import numbers_of
from kesu.caseload.models import BarredRow
from kesu.caseload.sight.seeing import visible
from kesu.people.permissions import ACCESS_LOG, BARRED
from kesu.procedure import words
from kesu.reading.text import Text

from ..frame.page import page
from ..frame.render import render
from ..models import Access
from ..who.access import DRAWN, titles
from ..who.here import Here

AT_ONCE = 50


@page(BARRED)
def barred_list(request: HttpRequest, here: Here) -> HttpResponse:
    """Who wanted to take which step in which case, and which clauses barred it."""
    sheet = Paginator(barred(here), AT_ONCE).get_page(request.GET.get("page"))
    files = {row.file for row in sheet}
    labels = dict(visible(here).filter(file__in=files).values_list("file", "label"))
    rows = [
        (
            row,
            here.directory.name_of(row.person),
            _step(row, here),
            labels.get(row.file, ""),
            problems_of(row),
        )
        for row in sheet
    ]
    return render(request, here, "barred.html", rows=rows, sheet=sheet)


def _step(row: BarredRow, here: Here) -> Text:
    if row.step == LOOKED:
        return Text("打开案卷页面", "the page of the case")
    named = (procedure.steps[row.step].title for procedure in here.procedures if row.step in procedure.steps)
    word = words.steps().get(row.step)
    return next(named, word.title if word else Text(row.step, row.step))


def _about(place: str, numbers: Mapping[str, str]) -> str:
    """The number of a case, and the beginning of the digest of a file in it; “—” of a case that the reader does not see."""
    file, _, digest = place.partition(" ")
    return f"{numbers.get(file, '—')} {digest}".strip() if file else ""


@page(ACCESS_LOG)
def access_log(request: HttpRequest, here: Here) -> HttpResponse:
    """Sign-ins, contact details shown, files opened, readings of the published description; the number of a case for who sees it.

    With `?what=` those of one kind alone; a kind that there is not is none.
    """
    accesses = Access.objects.filter(organisation=here.organisation).order_by("-when", "-id")
    named, asked = titles(), request.GET.get("what", "")
    if asked in named:
        accesses = accesses.filter(what=asked)
    sheet = Paginator(accesses, AT_ONCE).get_page(request.GET.get("page"))
    numbers = numbers_of((row.file.partition(" ")[0] for row in sheet), here)
    rows = [
        (
            row,
            here.directory.name_of(row.person) if row.person else "",
            named.get(row.what, row.what),
            row.file if row.what == DRAWN else _about(row.file, numbers),
        )
        for row in sheet
    ]
    context: dict[str, Any] = {"rows": rows, "sheet": sheet, "kinds": named, "asked": asked}
    return render(request, here, "access.html", **context)
