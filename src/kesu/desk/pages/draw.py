"""抽样查案: cases drawn by a seed that is shown, so that anybody can draw them again; printed one by one or all."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kesu.caseload.asking.drawing import Draw, drawn
from kesu.caseload.asking.opened import opened
from kesu.people.permissions import DRAW
from kesu.prints.joining import joined
from kesu.prints.making import NotMade, pdf
from kesu.procedure.words import spoken

from ..frame.page import page
from ..frame.render import render
from ..own.draw import MOST, AskedDraw, asked_draw
from ..papers.case_file import inside_file
from ..said.rows_said import case_lines
from ..who.access import DRAWN, PRINTED, note_access
from ..who.here import Here
from .prints import as_pdf


@require_GET
@page(DRAW)
def draw_page(request: HttpRequest, here: Here) -> HttpResponse:
    """The form, and what its address draws; that it was drawn is written down before it is shown."""
    asked = asked_draw(request.GET, here)
    found = _drawn(request, here, asked) if asked.ready else None
    return render(
        request,
        here,
        "draw.html",
        status=422 if asked.problems else 200,
        asked=asked,
        typed=asked.typed,
        problems=asked.problems,
        most=MOST,
        found=found,
        lines=case_lines(found.rows, here) if found else [],
        again=_address(request),
        other=urlencode({**asked.typed, "procedure": asked.procedure or "", "seed": secrets.token_hex(4)}),
    )


@require_GET
@page(DRAW)
def draw_print(request: HttpRequest, here: Here) -> HttpResponse:
    """The case files of all that the address draws, one after the other in one PDF; each is written down as printed. Without one, the form."""
    asked = asked_draw(request.GET, here)
    if not asked.ready:
        return redirect("draw")
    found, papers = _drawn(request, here, asked), []
    try:
        for row in found.rows:
            view = opened(row.file, here)
            if view is not None:
                with spoken(view.case.words):
                    papers.append(pdf(inside_file(view, here)))
                _note(request, here, PRINTED, row.file)
    except NotMade as failed:
        return render(request, here, "not_printed.html", status=422, why=failed.why, view=None)
    if not papers:
        return redirect("draw")
    return as_pdf(joined(papers), "_".join((_("draw"), asked.seed, f"{here.now:%Y%m%d}")))


def _drawn(request: HttpRequest, here: Here, asked: AskedDraw) -> Draw:
    found = drawn(here, wanted=asked.wanted(here.zone), seed=asked.seed, n=asked.n)
    _note(request, here, DRAWN, asked.log_line(found.among))
    return found


def _note(request: HttpRequest, here: Here, what: str, about: str) -> None:
    note_access(request, what, organisation=here.organisation, person=here.person, file=about, now=here.now)


def _address(request: HttpRequest) -> str:
    """What draws the same again, and prints it."""
    return "?" + request.GET.urlencode()
