"""去: one field that leads to cases, customers, items, persons, pages and clauses; by script it opens under the search field."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from kesu.people.permissions import GO

from ..frame.frame import entries
from ..frame.page import page
from ..frame.render import render
from ..own.going import case_called, places
from ..who.here import Here

LONGEST = 200  # characters that are looked for


@require_GET
@page(GO)
def go(request: HttpRequest, here: Here) -> HttpResponse:
    """What the text leads to; a case's own number leads there at once. A part of the page for whoever asks for it (`X-Part`)."""
    text = request.GET.get("text", "").strip()[:LONGEST]
    part = request.headers.get("X-Part") == "1"
    address = "" if part else case_called(text, here)
    if address:
        return redirect(address)
    at_side = [(entry.title, entry.address) for entry in entries(here, request.path)]
    found = places(text, here, entries=at_side)
    return render(request, here, "parts/places.html" if part else "go.html", sorts=found, text=text)
