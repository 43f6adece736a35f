"""The lock of a screen that nobody has touched for a while: the page and what was typed are kept, the password opens it."""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

from kesu.people.demo import own_organisations

LAST, DEFAULT = "last act", 10  # minutes
FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP")
ACCURACY = timedelta(seconds=30)  # the session is not written more often than this


def locked(request: HttpRequest, *, now: datetime) -> bool:
    """Whether the screen has to be opened anew; else this request counts as a sign of life."""
    written = request.session.get(LAST)
    last = datetime.fromisoformat(written) if written else None
    if last is not None and now - last > allowed() and not in_demo(request):
        return True
    if last is None or abs(now - last) > ACCURACY:
        touch(request, now=now)
    return False


def touch(request: HttpRequest, *, now: datetime) -> None:
    """Somebody is there."""
    request.session[LAST] = now.isoformat()


def allowed() -> timedelta:
    """How long a screen may stand idle."""
    return timedelta(minutes=float(getattr(settings, "IDLE_MINUTES", DEFAULT)))


def in_demo(request: HttpRequest) -> bool:
    """Whether this is the demo, where one click signs in and there is no password to ask for.

    Never for a request that came from elsewhere or was passed on by a proxy, and never beside somebody's own organisation.
    """
    return bool(getattr(settings, "DEMO", False)) and _at_this_machine(request) and not own_organisations()


def _at_this_machine(request: HttpRequest) -> bool:
    if any(request.headers.get(name) for name in FORWARDED):
        return False
    try:
        return ip_address(str(request.META.get("REMOTE_ADDR", ""))).is_loopback
    except ValueError:
        return False
