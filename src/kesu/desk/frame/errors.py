"""What people read when an address leads nowhere, a form is too old, or the program itself failed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from .render import render


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The address leads nowhere."""
    return render(request, None, "error.html", status=404, what="missing")


def broken(request: HttpRequest) -> HttpResponse:
    """The program failed; nothing of the request is repeated."""
    return render(request, None, "error.html", status=500, what="broken")


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the mark of this browser: the page was too old, or cookies are off."""
    return render(request, None, "error.html", status=403, what="stale")
