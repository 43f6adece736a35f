"""The time stamps that are kept beside the marks: put there, and looked at again."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection

from kesu.ledger.checkpoint import NotACheckpoint, Statement
from kesu.ledger.export import checkpoint_file
from kesu.ledger.faults import Fault
from kesu.ledger.marks import Given, Marks
from kesu.ledger.seal import Last, stored_checkpoint
from kesu.ledger.stamps import TIMEOUT, NoStamp, Stamp, certificates, read_stamp

OWN: Final = 0o600


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """That a service signed, at this time, that this checkpoint was there."""

    statement: Statement
    time: datetime
    by: str


def keep_stamp(stamp: Stamp) -> None:
    """Under its digest, on the disk before this returns."""
    folder: Path = settings.STAMPS_FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / _name(stamp.digest)
    draft = path.with_suffix(".draft")
    with open(draft, "wb", opener=lambda name, flags: os.open(name, flags, OWN)) as to:
        to.write(stamp.content)
        to.flush()
        os.fsync(to.fileno())
    draft.replace(path)


def stamp_file(digest: str) -> Path:
    """Where the time stamp with this digest lies."""
    path: Path = settings.STAMPS_FOLDER / _name(digest)
    return path


def stamps(organisation: str | None, marks: Marks | None) -> tuple[list[Stamped], list[Fault]]:
    """Of one organisation, or of all: the newest stamp that holds, and what is wrong with any."""
    newest: dict[str, Stamped] = {}
    faults: list[Fault] = []
    for line in marks.stamped if marks else ():
        if organisation not in (None, line.organisation):
            continue
        found = _looked_at(line)
        if isinstance(found, Fault):
            faults.append(found)
        else:
            newest[line.organisation] = found
    return list(newest.values()), faults


def _looked_at(line: Given) -> Stamped | Fault:
    last = _checkpoint(line)
    if last is None:
        return _fault("stamp of nothing", line, f"{line.time:%Y-%m-%d}")
    try:
        content = stamp_file(line.stamp or "").read_bytes()
    except OSError:
        return _fault("stamp gone", line, f"{line.time:%Y-%m-%d}")
    if sha256(content).hexdigest() != line.stamp:
        return _fault("stamp altered", line, f"{line.time:%Y-%m-%d}")
    try:
        stamp = read_stamp(content, checkpoint_file(last), roots=certificates())
    except NoStamp as wrong:
        return _fault("stamp", line, str(wrong))
    early = settings.CLOCK_STEP.total_seconds() + TIMEOUT
    if (last.statement.time - stamp.time).total_seconds() > early:
        return _fault("stamp early", line, f"{stamp.time:%Y-%m-%d %H:%M:%S}Z")
    return Stamped(statement=last.statement, time=stamp.time, by=stamp.by)


def _fault(what: str, line: Given, detail: str) -> Fault:
    return Fault(what=what, organisation=line.organisation, checkpoint=line.number, detail=detail)


def _checkpoint(line: Given) -> Last | None:
    """As the database has it; None where it is not there or cannot be read, which other faults say more of."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT body, signature, peaks FROM ledger_checkpoint WHERE organisation = %s AND number = %s",
            [line.organisation, line.number],
        )
        row = cursor.fetchone()
    try:
        return None if row is None else stored_checkpoint(row)
    except NotACheckpoint:
        return None


def _name(digest: str) -> str:
    return f"{digest}.tsr"
