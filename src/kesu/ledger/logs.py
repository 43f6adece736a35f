"""Logs beside the ledger (sign-ins and look-ups, what was barred): how they stood is written down in the marks.

No rule reads them, so they are no entries; but whoever owns the database can alter them. Every ten minutes in which something
was added the marks get a line: so many rows up to this one, with this digest. Verification computes it again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import orjson
from django.db import models

from kesu.ledger.faults import Fault
from kesu.ledger.marked import marks_path
from kesu.ledger.marks import LogMark, Marks, add, read_marks

PAUSE = timedelta(minutes=10)
SETTLED = timedelta(minutes=1)  # on PostgreSQL a lower number can be committed later, though no minute later
_BATCH = 2_000
_EMPTY = bytes(32).hex()
_BEFORE_ALL = -(2**63)  # no row has a lower number, also none that somebody else put in
_logs: dict[str, type[models.Model]] = {}
_numbers_seen: dict[str, tuple[int, datetime]] = {}  # table -> its greatest number at a moment


def register_log(model: type[models.Model]) -> None:
    """From now on the rows of this table are held against the marks: they are added, never changed or taken away."""
    _logs[model._meta.db_table] = model


def note_logs(now: datetime) -> list[LogMark]:
    """Writes down how each log stood a minute ago, where it has grown and ten minutes have gone by; what was written.

    Raises MarksBroken and KeyFileOpen.
    """
    marks = read_marks(marks_path())
    return [] if marks is None else [line for table in sorted(_logs) if (line := _note(table, marks, now))]


def note_logs_anew(now: datetime) -> None:
    """Writes down how each log stands, whatever was written down before: when a backup is accepted."""
    for table, model in sorted(_logs.items()):
        add(marks_path(), _grown(table, None, _greatest(model), now))


def against_logs(marks: Marks | None) -> list[Fault]:
    """The logs that are not what they were when that was written down."""
    lines = [line for table, line in sorted(marks.logs.items()) if table in _logs] if marks else []
    return [
        Fault(
            what="log altered",
            detail=f"{line.table}, {line.count}, {line.time.isoformat(timespec='seconds')}",
        )
        for line in lines
        if (grown := _grown(line.table, None, line.last, line.time)).digest != line.digest
        or grown.count != line.count
    ]


def _note(table: str, marks: Marks, now: datetime) -> LogMark | None:
    before, (last, then) = marks.logs.get(table), _numbers_seen.get(table, (0, now))
    if (before and abs(now - before.time) < PAUSE) or (table in _numbers_seen and now - then < SETTLED):
        return None
    _numbers_seen[table] = (_greatest(_logs[table]), now)
    if last <= (before.last if before else 0):
        return None
    line = _grown(table, before, last, now)
    add(marks_path(), line)
    return line


def _greatest(model: type[models.Model]) -> int:
    return int(model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0)


def _grown(table: str, before: LogMark | None, last: int, now: datetime) -> LogMark:
    """How a log stands up to the row `last`, going on from what was written down before."""
    count, digest = (before.count, before.digest) if before else (0, _EMPTY)
    for row in _rows(_logs[table], before.last if before else _BEFORE_ALL, last):
        count += 1
        digest = hashlib.sha256(bytes.fromhex(digest) + orjson.dumps(row, default=str)).hexdigest()
    return LogMark(table=table, last=last, count=count, digest=digest, time=now)


def _rows(model: type[models.Model], after: int, last: int) -> Iterator[list[Any]]:
    names = [field.attname for field in model._meta.concrete_fields]
    place = names.index(str(model._meta.pk.attname))
    while True:
        rows = model._default_manager.filter(pk__gt=after, pk__lte=last).order_by("pk")
        batch = list(rows.values_list(*names)[:_BATCH])
        if not batch:
            return
        yield from (list(row) for row in batch)
        after = batch[-1][place]
