"""Guessing passwords is slow: after a few failures under one name from one address the next try has to wait."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.db import transaction

from ..models import Attempt

FREE = 4  # failures that cost nothing: people mistype
FIRST = timedelta(seconds=10)
LONGEST = timedelta(minutes=15)
FORGOTTEN = timedelta(hours=24)


def wait_left(name: str, address: str, *, now: datetime) -> timedelta:
    """How long this name from this address has still to wait; nothing when it may try."""
    row = Attempt.objects.filter(key=_key(name, address)).first()
    if row is None or row.failures <= FREE or now - row.last > FORGOTTEN:
        return timedelta(0)
    doublings = min(row.failures - FREE - 1, 10)
    wait = min(FIRST * float(1 << doublings), LONGEST)
    return max(row.last + wait - now, timedelta(0))


def failed(name: str, address: str, *, now: datetime) -> None:
    """Notes one more failure."""
    with transaction.atomic():
        row, is_new = Attempt.objects.select_for_update().get_or_create(
            key=_key(name, address), defaults={"failures": 1, "last": now}
        )
        if not is_new:
            row.failures = 1 if now - row.last > FORGOTTEN else row.failures + 1
            row.last = now
            row.save()


def succeeded(name: str, address: str) -> None:
    """The right password wipes the failures out."""
    Attempt.objects.filter(key=_key(name, address)).delete()


def _key(name: str, address: str) -> str:
    return hashlib.sha256(f"{name.strip().casefold()}\0{address}".encode()).hexdigest()
