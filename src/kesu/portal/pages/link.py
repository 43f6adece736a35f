"""用邮件找回: the form that has the link mailed, and the link itself."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kesu.intake.lookup_code import LONGEST as LONGEST_NUMBER
from kesu.intake.lookup_code import as_meant
from kesu.people import guessing
from kesu.people.guessing import TryAgain
from kesu.reading.text import Text

from ..frame import house_page, render
from ..mailed_link import found_by_token, post_link, token_of, wanted
from ..said import wait
from ..visit import Visit, let_in

LONGEST: Final = 254  # of an address
FREE: Final = {"case": 3, "origin": 20}  # links that may be asked for in a day without a pause
EMPTY: Final = Text("请填写编号和电子邮箱", "say number and e-mail address")


@require_http_methods(["GET", "POST"])
@house_page
def mail_link(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The form, and that the link is on its way if number and address belong together (422 for less than both)."""
    number = (request.POST.get("number") or request.GET.get("number") or "").strip()[:LONGEST_NUMBER]
    address = request.POST.get("mail-to", "").strip()[:LONGEST]
    problem: Text | None = None
    status, done = 200, False
    if request.method == "POST" and settings.MAIL is not None:
        if not (number and address):
            problem, status = EMPTY, 422
        else:
            problem = _asked(request, visit, number, address)
            done, status = problem is None, 200 if problem is None else 429
    return render(
        request,
        visit,
        "mail_link.html",
        status=status,
        number=number,
        address=address,
        problem=problem,
        done=done,
        is_set=settings.MAIL is not None,
    )


def _asked(request: HttpRequest, visit: Visit, number: str, address: str) -> Text | None:
    """Has it mailed where they belong together; what kept it from being looked at."""
    keys = {
        "case": guessing.key("link of", visit.organisation, as_meant(number)),
        "origin": guessing.key("links from", visit.address),
    }
    pause = guessing.pause_after(guessing.counted(keys, visit.now), FREE)
    try:
        with guessing.paused(visit.address, pause, keys):
            meant = wanted(visit, number=number, address=address)
    except TryAgain as later:
        return wait(later.seconds)
    if meant is not None:
        found, known = meant
        place = reverse("portal link", args=[visit.organisation, token_of(found)])
        post_link(request.build_absolute_uri(place), known, visit)
    return None


@require_safe
@house_page
def link(request: HttpRequest, visit: Visit, token: str) -> HttpResponse:
    """On to the file; a link that holds no more says so and leads to another (410)."""
    found = found_by_token(visit.organisation, token)
    if found is None:
        return render(request, visit, "link_over.html", status=410)
    return let_in(redirect("portal own", visit.organisation), found)
