"""What people read when an address leads nowhere, a form is too old, or the program itself failed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..who.here import spoken


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The address leads nowhere."""
    return render(request, "desk/error.html", {"what": "missing", "lang": spoken()}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """The program failed; nothing of the request is repeated."""
    return render(request, "desk/error.html", {"what": "broken", "lang": spoken()}, status=500)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the mark of this browser: the page was too old, or cookies are off."""
    return render(request, "desk/error.html", {"what": "stale", "lang": spoken()}, status=403)
