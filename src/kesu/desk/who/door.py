"""The one door for passwords: signing in, opening a locked screen and changing a password all ask here.

Guessing is slow and a right password always enters. After a few wrong tries under one sign-in from one address, after more
under one sign-in from anywhere, or from one address under any names, a try is looked at only after a pause; it is never refused
for what others did. Those who pause take few places, one an address, so that they hold up nobody: who finds none is told to try
again, and nothing is counted. Where somebody has signed in before from an address, only his own tries there count against him.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Lock
from time import sleep
from typing import Final

from django.db import transaction

from kesu.people.models import Person, User
from kesu.people.sign_in import is_password_of, user_called
from kesu.procedure.kinds.alike import alike

from ..models import Access, Attempt
from .access import SIGNED_IN

FREE: Final = {"here": 4, "sign-in": 20, "origin": 20}  # wrong tries that cost nothing: people mistype
FIRST, LONGEST = 0.5, 8.0  # seconds of pause; each further wrong try doubles them
PLACES: Final = 4  # that pause at once, half of the server's threads
FORGOTTEN = timedelta(hours=24)
KNOWN_FOR = timedelta(days=90)  # that a sign-in from an address makes it known

log = logging.getLogger(__name__)
_pausing: set[str] = set()
_lock = Lock()


class TryAgain(RuntimeError):
    """This try was not looked at, nor counted: others of this address are being looked at, slowly."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"try again in {seconds:.0f} s")
        self.seconds = int(seconds) + 1


def admitted(who: str | User, password: str, *, address: str, now: datetime) -> User | None:
    """The user whose password this is; None when it is not. Raises TryAgain."""
    user = user_called(who) if isinstance(who, str) else who
    name = f"user {user.pk}" if user else f"name {alike(str(who))}"
    keys = {
        "here": _key("here", name, address),
        "sign-in": _key("sign-in", name),
        "origin": _key("origin", address),
    }
    counts = _counted(keys, now)
    pause = _pause(counts, is_known=user is not None and _has_entered(user, address, now))
    with _place(address, pause, keys):
        sleep(pause)
        right = is_password_of(user, password)
    if right:
        _forget(keys)
        return user
    log.warning("a password was refused: %s from %s", name if user else "no such sign-in", address)
    return None


def _pause(counts: Mapping[str, int], *, is_known: bool) -> float:
    """How long this try has to wait, itself counted already."""
    asked = ("here",) if is_known else tuple(FREE)
    over = max(counts[what] - FREE[what] - 1 for what in asked)
    return min(FIRST * float(1 << min(over - 1, 10)), LONGEST) if over > 0 else 0.0


@contextmanager
def _place(address: str, pause: float, keys: Mapping[str, str]) -> Iterator[None]:
    """A place to pause in, where there is one; else the try is taken back."""
    if not pause:
        yield
        return
    with _lock:
        is_full = address in _pausing or len(_pausing) >= PLACES
        if not is_full:
            _pausing.add(address)
    if is_full:
        _take_back(keys.values())
        raise TryAgain(pause)
    try:
        yield
    finally:
        with _lock:
            _pausing.discard(address)


def _has_entered(user: User, address: str, now: datetime) -> bool:
    persons = Person.objects.filter(user=user).values("person")
    since = now - KNOWN_FOR
    return Access.objects.filter(
        what=SIGNED_IN, address=address, person__in=persons, when__gte=since
    ).exists()


def _counted(keys: Mapping[str, str], now: datetime) -> dict[str, int]:
    """Counts a try before it is looked at, so that tries at the same moment know of each other; how many there are."""
    counts = {}
    with transaction.atomic():
        for what in sorted(keys, key=keys.__getitem__):  # in one order, so that nobody waits in a circle
            row, is_new = Attempt.objects.select_for_update().get_or_create(
                key=keys[what], defaults={"failures": 1, "last": now}
            )
            if not is_new:
                row.failures = 1 if now - row.last > FORGOTTEN else row.failures + 1
                row.last = now
                row.save()
            counts[what] = row.failures
    return counts


def _forget(keys: Mapping[str, str]) -> None:
    """The right password wipes out what was wrong before it; what an address tried under other names stays."""
    Attempt.objects.filter(key__in=(keys["here"], keys["sign-in"])).delete()
    _take_back([keys["origin"]])


def _take_back(keys: Iterable[str]) -> None:
    with transaction.atomic():
        for row in Attempt.objects.select_for_update().filter(key__in=keys).order_by("key"):
            row.failures = max(row.failures - 1, 0)
            row.save()


def forget_old(now: datetime) -> None:
    """Takes away what was wrong so long ago that it does not count any more."""
    Attempt.objects.filter(last__lt=now - FORGOTTEN).delete()


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()
