"""A page in its frame."""

from __future__ import annotations

from typing import Any

from django import shortcuts
from django.http import HttpRequest, HttpResponse

from ..who.books import beginnable
from ..who.here import Here, spoken
from .frame import entries


def render(
    request: HttpRequest, here: Here | None, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The template filled in, inside the frame of this person (or of nobody)."""
    framed = {
        "here": here,
        "lang": here.lang if here else spoken(),
        "entries": entries(here, request.path) if here else [],
        "may_register": bool(here and beginnable(here.procedures)),
    }
    return shortcuts.render(request, f"desk/{template}", {**framed, **context}, status=status)


def not_found(request: HttpRequest, here: Here | None) -> HttpResponse:
    """The same answer for what does not exist and for what is hidden: same status, same words, same bytes."""
    return render(request, here, "not_found.html", status=404)
