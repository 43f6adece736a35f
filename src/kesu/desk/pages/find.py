"""What is known already of whom and what a form is about: the customer, the item, cases that may be the same.

A form that is being filled in is sent here and nothing is recorded. Without a script the answer is a page in another tab;
with one it is the part of a page that stands beside the form.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from kesu.caseload.asking.customers import customers
from kesu.caseload.asking.similar import similar
from kesu.people.items import alike_items
from kesu.people.models import Item
from kesu.people.permissions import FIND

from ..case.comparing import answers
from ..frame.page import page
from ..frame.render import render
from ..own.similar_said import similar_said
from ..who.here import Here

LONGEST = 200  # characters of a field that are looked for
NUMBERS = ("f-item", "f-batch", "f-product", "f-order-number")


@require_POST
@page(FIND)
def find(request: HttpRequest, here: Here) -> HttpResponse:
    """Customers called so, items numbered so, cases that may be the same: each of what this person sees."""
    sent = {
        name: request.POST.get(name, "").strip()[:LONGEST] for name in ("f-complainant", "f-phone", *NUMBERS)
    }
    if request.GET.get("of") == "items":
        return render(request, here, "parts/found_items.html", items=_items(sent, here))
    typed = sent["f-complainant"] or sent["f-phone"]
    called = customers(here, typed) if typed else []
    meant = called[0].name if len(called) == 1 else sent["f-complainant"]  # half a name that only one has
    found = similar(here, complainant=meant, numbers=[sent[name] for name in NUMBERS])
    part = request.headers.get("X-Part") == "1"
    return render(
        request,
        here,
        "parts/found.html" if part else "find.html",
        customers=called,
        items=_items(sent, here),
        similar=similar_said(found, here),
        part=part,
        answers=answers(),
    )


def _items(sent: Mapping[str, str], here: Here) -> list[Item]:
    return alike_items(organisation=here.organisation, text=sent["f-item"]) if sent["f-item"] else []
