"""A page in its frame."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any, Final

from django import shortcuts
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ..said.on_page import written_in
from ..who.books import beginnable
from ..who.here import Here, spoken
from .frame import entries

THEME: Final = "theme"  # the cookie of this browser; without one the system's wish holds
THEMES: Final = ("light", "dark")


def render(
    request: HttpRequest, here: Here | None, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The template filled in, inside the frame of this person (or of nobody)."""
    lang = here.lang if here else spoken()
    framed = {
        "here": here,
        "lang": lang,
        THEME: theme if (theme := request.COOKIES.get(THEME, "")) in THEMES else "",
        "entries": entries(here, request.path) if here else [],
        "may_register": here is not None and _may_register(here),
    }
    with written_in(lang), timezone.override(here.zone) if here else nullcontext():
        return shortcuts.render(request, f"desk/{template}", {**framed, **context}, status=status)


def _may_register(here: Here) -> bool:
    """Whether there is something that this person could begin: whoever is here to read begins nothing."""
    return any(
        not here.directory.only_reads(here.person, one.posts, here.now) for one in beginnable(here.procedures)
    )


def not_found(request: HttpRequest, here: Here | None) -> HttpResponse:
    """The same answer for what does not exist and for what is hidden: same status, same words, same bytes."""
    return render(request, here, "not_found.html", status=404)
