"""The one door for passwords and codes: signing in, opening a locked screen, signing, changing a password all ask here.

Guessing is slow and a right password always enters (`people/guessing.py`). Wrong tries are counted under one sign-in from one
address, under one sign-in from anywhere, and from one address under any names. Where somebody has signed in before from an
address, only his own tries there count against him.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, TypeVar

from kesu.people import guessing
from kesu.people.guessing import TryAgain
from kesu.people.models import Person, User
from kesu.people.second_factor import By, taken
from kesu.people.sign_in import is_password_of, user_called
from kesu.procedure.kinds.alike import alike

from ..models import Access
from .access import SIGNED_IN

__all__ = ["TryAgain", "admitted", "code_admitted"]
Right = TypeVar("Right")

FREE: Final = {"here": 4, "sign-in": 20, "origin": 20}  # wrong tries that cost nothing: people mistype
KNOWN_FOR = timedelta(days=90)  # that a sign-in from an address makes it known

log = logging.getLogger(__name__)


def admitted(who: str | User, password: str, *, address: str, now: datetime) -> User | None:
    """The user whose password this is; None when it is not. Raises TryAgain."""
    user = user_called(who) if isinstance(who, str) else who
    name = f"user {user.pk}" if user else f"name {alike(str(who))}"
    keys = {
        "here": guessing.key("here", name, address),
        "sign-in": guessing.key("sign-in", name),
        "origin": guessing.key("origin", address),
    }
    if _looked_at(lambda: is_password_of(user, password), user, keys, address=address, now=now):
        return user
    log.warning("a password was refused: %s from %s", name if user else "no such sign-in", address)
    return None


def code_admitted(user: User, code: str, *, address: str, now: datetime) -> By | None:
    """By what a code of the second factor opened, which it does once; None when it does not. Raises TryAgain.

    Wrong codes are counted beside wrong passwords: they slow each other by the address alone.
    """
    name = f"user {user.pk}"
    keys = {
        "here": guessing.key("code here", name, address),
        "sign-in": guessing.key("code", name),
        "origin": guessing.key("origin", address),
    }
    by = _looked_at(lambda: taken(user, code, now), user, keys, address=address, now=now)
    if by is None:
        log.warning("a code of the second factor was refused: %s from %s", name, address)
    return by


def _looked_at(
    look: Callable[[], Right], user: User | None, keys: dict[str, str], *, address: str, now: datetime
) -> Right:
    """What `look` says, after the pause that wrong tries made; whatever is right wipes out what was wrong before it, while what
    an address tried under other names stays."""
    counts = guessing.counted(keys, now)
    is_known = user is not None and _has_entered(user, address, now)
    pause = guessing.pause_after(counts, {"here": FREE["here"]} if is_known else FREE)
    with guessing.paused(address, pause, keys):
        right = look()
    if right:
        guessing.forget((keys["here"], keys["sign-in"]))
        guessing.take_back([keys["origin"]])
    return right


def _has_entered(user: User, address: str, now: datetime) -> bool:
    persons = Person.objects.filter(user=user).values("person")
    since = now - KNOWN_FOR
    return Access.objects.filter(
        what=SIGNED_IN, address=address, person__in=persons, when__gte=since
    ).exists()
