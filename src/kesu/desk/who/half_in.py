"""Whoever gave the right password and owes a code: known to this browser for some minutes, and nowhere signed in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.http import HttpRequest

from kesu.people.models import User

HALF: Final = "half in"  # the key in the session
WITHIN: Final = timedelta(minutes=5)


def let_half_in(request: HttpRequest, user: User, *, also: Sequence[str], now: datetime) -> None:
    """The code is asked next; `also` are the lines that the log gets beside that of the sign-in.

    A session that anybody may have known before gets another key.
    """
    request.session.cycle_key()
    request.session[HALF] = {
        "user": user.pk,
        "since": now.isoformat(),
        "password": user.get_session_auth_hash(),
        "also": list(also),
    }


def half_in(request: HttpRequest, *, now: datetime) -> User | None:
    """Who it is; nobody once some minutes have gone, or the password is another."""
    held = request.session.get(HALF)
    if not held or not timedelta() <= now - datetime.fromisoformat(held["since"]) <= WITHIN:
        return None
    user = User.objects.filter(pk=held["user"], is_active=True).first()
    return user if user is not None and user.get_session_auth_hash() == held["password"] else None


def noted_so_far(request: HttpRequest) -> list[str]:
    """The lines that the log gets beside that of the sign-in."""
    return list(request.session.get(HALF, {}).get("also", []))


def forget_half_in(request: HttpRequest) -> None:
    """He is in, or has to begin again."""
    request.session.pop(HALF, None)
