"""Guessing is slow, and the right answer always enters: for passwords, and for the codes of complainants.

Wrong tries are counted under digests of what they were about and where they came from. After some that cost nothing, each
further one is looked at only after a pause; it is never refused for what others did. Those who pause take few places, one an
address, so that they hold up nobody: who finds none is told to try again, and nothing is counted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Lock
from time import sleep
from typing import Final

from django.db import transaction

from .models import Attempt

FIRST, LONGEST = 0.5, 8.0  # seconds of pause; each further wrong try doubles them
PLACES: Final = 4  # that pause at once, half of the server's threads
FORGOTTEN = timedelta(hours=24)

_pausing: set[str] = set()
_lock = Lock()


class TryAgain(RuntimeError):
    """This try was not looked at, nor counted: others of this address are being looked at, slowly."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"try again in {seconds:.0f} s")
        self.seconds = int(seconds) + 1


def key(*parts: str) -> str:
    """Under what tries are counted: a digest, since what was typed is not kept."""
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()


def counted(keys: Mapping[str, str], now: datetime) -> dict[str, int]:
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


def pause_after(counts: Mapping[str, int], free: Mapping[str, int]) -> float:
    """Seconds that this try has to wait, itself counted already; `free`: of each count, the wrong tries that cost nothing."""
    over = max(counts[what] - free[what] - 1 for what in free)
    return min(FIRST * float(1 << min(over - 1, 10)), LONGEST) if over > 0 else 0.0


@contextmanager
def paused(address: str, pause: float, keys: Mapping[str, str]) -> Iterator[None]:
    """Inside, the pause is over. Raises TryAgain where there is no place to pause in; the try is taken back then."""
    with _place(address, pause, keys):
        sleep(pause)
        yield


@contextmanager
def _place(address: str, pause: float, keys: Mapping[str, str]) -> Iterator[None]:
    if not pause:
        yield
        return
    with _lock:
        is_full = address in _pausing or len(_pausing) >= PLACES
        if not is_full:
            _pausing.add(address)
    if is_full:
        take_back(keys.values())
        raise TryAgain(pause)
    try:
        yield
    finally:
        with _lock:
            _pausing.discard(address)


def forget(keys: Iterable[str]) -> None:
    """What was wrong under these before does not count any more."""
    Attempt.objects.filter(key__in=list(keys)).delete()


def take_back(keys: Iterable[str]) -> None:
    """This try was none."""
    with transaction.atomic():
        for row in Attempt.objects.select_for_update().filter(key__in=list(keys)).order_by("key"):
            row.failures = max(row.failures - 1, 0)
            row.save()


def forget_old(now: datetime) -> None:
    """Takes away what was wrong so long ago that it does not count any more."""
    Attempt.objects.filter(last__lt=now - FORGOTTEN).delete()
