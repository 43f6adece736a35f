"""查进展: by number and code; what does not belong together is answered alike, whichever of the two is wrong."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from kesu.intake.lookup_code import LONGEST, found_by_code
from kesu.people.guessing import TryAgain
from kesu.reading.text import Text

from ..frame import house_page, render
from ..said import NOT_FOUND, wait
from ..visit import Visit, let_in, let_out

log = logging.getLogger(__name__)


@require_http_methods(["GET", "POST"])
@house_page
def look_up(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The form, and with the right code on to the file (401 for a wrong one, 429 for too many at once)."""
    number = (request.POST.get("number") or request.GET.get("number") or "")[:LONGEST]
    problem: Text | None = None
    status = 200
    if request.method == "POST":
        try:
            found = found_by_code(
                visit.organisation,
                number=number,
                code=request.POST.get("code", ""),
                address=visit.address,
                now=visit.now,
            )
        except TryAgain as later:
            problem, status = wait(later.seconds), 429
        else:
            if found is not None:
                return let_in(redirect("portal own", visit.organisation), found)
            log.warning("a number and a code that do not belong together, from %s", visit.address)
            problem, status = NOT_FOUND, 401
    return render(request, visit, "look_up.html", status=status, number=number, problem=problem)


@require_POST
@house_page
def leave(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Nobody at this browser looks at the file any more without its code."""
    answer = let_out(redirect("portal", visit.organisation))
    answer["Clear-Site-Data"] = '"cache"'
    return answer
