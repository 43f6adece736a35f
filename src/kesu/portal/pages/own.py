"""One's own complaint: number and code once it was taken, progress in plain words, what he can do now, and a receipt to print."""

from __future__ import annotations

from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from markupsafe import Markup

from kesu.caseload.asking.for_complainant import entries_for_complainant, own_steps, promises
from kesu.caseload.asking.opened import CaseView
from kesu.forms.said.values import fact_said
from kesu.intake.lookup_code import code_of

from ..act_form import called
from ..frame import own_file_page, render
from ..visit import Visit


@own_file_page
def taken(request: HttpRequest, visit: Visit, view: CaseView) -> HttpResponse:
    """Number, code and promised times; only right after it was sent."""
    if not visit.fresh:
        return redirect("portal own", visit.organisation)
    return render(request, visit, "taken.html", **_receipt(visit, view))


@own_file_page
def receipt(request: HttpRequest, visit: Visit, view: CaseView) -> HttpResponse:
    """受理回执: the same to print, with the address of the look-up in a picture; the code only as long as it is fresh."""
    there = request.build_absolute_uri(reverse("portal look up", args=[visit.organisation]))
    picture = segno.make_qr(f"{there}?number={view.row.label}", error="m").svg_inline(scale=3, border=4)
    return render(
        request, visit, "receipt.html", picture=Markup(picture), there=there, **_receipt(visit, view)
    )


@own_file_page
def own(request: HttpRequest, visit: Visit, view: CaseView) -> HttpResponse:
    """What happened, what he is going to hear until when, and his own steps."""
    entries = [
        {
            "title": entry.title,
            "at": entry.at,
            "facts": [fact_said(fact, view.directory) for fact in entry.facts],
        }
        for entry in entries_for_complainant(view)
    ]
    return render(
        request,
        visit,
        "own.html",
        view=view,
        entries=entries,
        promises=promises(view),
        steps=[(one.step.name, called(one.step)) for one in own_steps(view)],
    )


def _receipt(visit: Visit, view: CaseView) -> dict[str, Any]:
    code = code_of(visit.looked_up) if visit.fresh and visit.looked_up else ""
    return {"view": view, "promises": promises(view), "code": code}
