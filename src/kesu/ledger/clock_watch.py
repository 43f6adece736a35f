"""The watch over this machine's clock: what is known of the time here, and whether the clock may be written by.

Whoever writes, seals or lets time act calls `require_clock` first: one question at one place. What the clock said when it was
last relied on is kept in a file beside the marks (`clock-seen`, mode 0600), so that a process started later, and one started
beside this one, hold their clock against it. The loops look around once a turn (`look_around`): at the clock of the database
server, where it has one, and at what others wrote last.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.utils import timezone

from kesu.ledger import machine_clock
from kesu.ledger.clock_doubt import ClockInDoubt, Doubt, Evidence, Tolerances, doubt_of
from kesu.ledger.entry import instant, moment
from kesu.ledger.machine_clock import Reading
from kesu.ledger.marked import marks_path
from kesu.ledger.marks import read_marks

NOTED_EVERY: Final = timedelta(minutes=10)  # how often the clock is noted as relied on


class _Known:
    """What this process knows of the time."""

    def __init__(self) -> None:
        self.last: Reading | None = None
        self.database: Reading | None = None
        self.is_read = False  # the file beside the marks


_known = _Known()
_correcting: ContextVar[bool] = ContextVar("kesu_correcting_the_clock", default=False)


def clock_seen_path() -> Path:
    """Where it stands what the clock said when it was last relied on: beside the marks."""
    return Path(settings.LEDGER_MARKS).with_name("clock-seen")


def tolerances() -> Tolerances:
    """As they are set for this installation."""
    return Tolerances(step=settings.CLOCK_STEP, absence=settings.CLOCK_ABSENCE)


@contextmanager
def correcting_the_clock() -> Iterator[None]:
    """Inside, in this thread, people are saying that the clock is right: it counts, whatever the witnesses say."""
    token = _correcting.set(True)
    try:
        yield
    finally:
        _correcting.reset(token)


def is_being_corrected() -> bool:
    """Whether what is written now says that the clock is right."""
    return _correcting.get()


def require_clock(now: datetime | None = None) -> None:
    """Refuses to go on with a clock that a witness contradicts; `now`: the time to go by, where it was read before.

    Raises ClockInDoubt.
    """
    doubt = clock_doubt(now)
    if doubt is not None and not is_being_corrected():
        raise ClockInDoubt(doubt)


def clock_doubt(now: datetime | None = None) -> Doubt | None:
    """Why the clock is not to be relied on at this moment; None when it is."""
    read = machine_clock.reading()
    if now is not None:
        read = replace(read, wall=now)
    if not _known.is_read:
        _read_again()
    doubt = _judged(read)
    if doubt is not None:  # somebody may have vouched for the clock meanwhile, in another process
        _read_again()
        doubt = _judged(read)
    return doubt


def doubt_for(organisation: str, now: datetime) -> Doubt | None:
    """Why nothing is written in an organisation at `now`: a clock in doubt, or one behind what is sealed there."""
    doubt = clock_doubt()
    if doubt is not None:
        return doubt
    marks = read_marks(marks_path())
    read = replace(machine_clock.reading(), wall=now)
    return doubt_of(read, Evidence(newest=marks.earliest(organisation) if marks else None), tolerances())


def steady_now() -> datetime:
    """The present moment; while the clock is set wrong, what it would say if nobody had set it.

    For what must not end because somebody sets a clock.
    """
    now, doubt = timezone.now(), clock_doubt()
    return now - (doubt.clock - doubt.expected) if doubt and doubt.what in ("ahead", "back") else now


def look_around() -> None:
    """Asks the other witnesses what time it is, and notes the clock as relied on when none of them contradicts it."""
    hear_the_database()
    note_clock()


def note_clock() -> None:
    """Notes the clock as relied on, where nothing contradicts it and it was not noted within ten minutes."""
    if clock_doubt() is None:
        read, last = machine_clock.reading(), _known.last
        due = last is None or last.boot != read.boot or read.running - last.running > NOTED_EVERY.seconds
        if due or not clock_seen_path().exists():
            rely_on(read)


def hear_the_database() -> None:
    """Asks the database server what time it is, where it has a clock of its own; the answer counts until it is asked again."""
    if connection.vendor == "postgresql":
        read = machine_clock.reading()
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            _known.database = replace(read, wall=cursor.fetchone()[0])


def rely_on(read: Reading) -> None:
    """From now on this is what the clock is held against, in this process and in others of this home."""
    _known.last, _known.is_read = read, True
    path = clock_seen_path()
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    plain = {"kesu": "clock", "wall": instant(read.wall), "running": read.running, "boot": read.boot}
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, (json.dumps(plain) + "\n").encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    draft.replace(path)


def _judged(read: Reading) -> Doubt | None:
    evidence = Evidence(last=_known.last, database=_known.database)
    doubt = doubt_of(read, evidence, tolerances())
    if doubt is not None and doubt.what == "absent" and machine_clock.is_kept_by_a_time_service():
        return doubt_of(read, evidence, tolerances(), is_kept=True)
    return doubt


def _read_again() -> None:
    """What the file says; without one this process goes by the clock as it finds it."""
    _known.is_read = True
    try:
        plain: Any = json.loads(clock_seen_path().read_text(encoding="utf-8"))
        _known.last = Reading(wall=moment(plain["wall"]), running=float(plain["running"]), boot=plain["boot"])
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        _known.last = _known.last or machine_clock.reading()
