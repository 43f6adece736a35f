"""Append entries to a file, in the caller's transaction: at most three statements for an act."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection

from kesu.ledger.canonical import NotCanonical, check
from kesu.ledger.clock_doubt import ClockWentBack
from kesu.ledger.clock_watch import is_being_corrected, require_clock
from kesu.ledger.entry import SALT_BYTES, NewEntry, StoredEntry, body_of, commitment, digest_of, stored
from kesu.ledger.macs import macs_to_write
from kesu.ledger.marked import marks_path
from kesu.ledger.marks import ClockCorrected, Marks, read_marks
from kesu.ledger.read import Head, head
from kesu.ledger.statements import Statements

TOLERANCE = timedelta(seconds=60)
LONGEST_NAME = 200
_BATCH = 1000  # rows a statement: SQLite takes 32,766 values


class Conflict(RuntimeError):
    """Somebody else wrote to the file first. Roll back, read the file again, and decide anew."""


class OutsideTransaction(RuntimeError):
    """`append` was called where a crash could leave half an act behind."""


class HappensLater(ValueError):
    """The act is said to happen after it is noted."""


def append(
    *,
    organisation: str,
    file: str,
    expected: int | Head,
    entries: Sequence[NewEntry],
    into: Statements | None = None,
) -> list[StoredEntry]:
    """Write `entries` after entry `expected` of the file and return them as stored.

    `expected` is the number of the last entry that the caller decided upon (0 for a new file), or the `Head` that
    `head` or `head_of` gave, which saves a statement. With `into` the statements are left there for the caller to send,
    who then asks `lost` what a refusal means. Raises Conflict when the file has gone on since (the transaction must
    then be rolled back), ClockInDoubt, ClockWentBack, NotCanonical, HappensLater, OutsideTransaction; and, of the files beside the
    database, MarksBroken, KeyGone, KeyFileOpen and KeyFileBroken.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(
            "append wants a transaction of the caller: wrap the act in transaction.atomic()"
        )
    require_clock()
    marks = read_marks(marks_path())
    for new in entries[:1]:
        _not_behind_the_seal(organisation, new.noted, marks)
    corrected = marks.corrected.get(organisation) if marks else None
    macs = macs_to_write(marks)
    last = _last(organisation, file, expected)
    rows: list[tuple[Any, ...]] = []
    values: list[tuple[Any, ...]] = []
    written = []
    for new in entries:
        _check(new, organisation=organisation, file=file)
        number, noted = last.number + 1, _not_before(new.noted, last.noted, corrected, file=file)
        salted = [(word, value.encode(), os.urandom(SALT_BYTES)) for word, value in new.personal.items()]
        body = body_of(
            new,
            organisation=organisation,
            file=file,
            number=number,
            noted=noted,
            at=noted if new.at == new.noted else new.at,
            previous=last.digest,
            commitments={word: commitment(salt=salt, value=new.personal[word]) for word, _, salt in salted},
        )
        digest = digest_of(body)
        rows.append((organisation, file, number, new.kind, new.by, new.key, digest, body, macs.of(digest)))
        values += [(organisation, file, number, *value) for value in salted]
        written.append(stored(body, personal=new.personal, digest=digest))
        last = Head(number=number, digest=digest.hex(), noted=noted)
    sending = Statements() if into is None else into
    _insert("ledger_entry (organisation, file, number, kind, person, key, digest, body, mac)", rows, sending)
    _insert("ledger_personal_value (organisation, file, number, word, value, salt)", values, sending)
    if into is None:
        try:
            sending.send()
        except IntegrityError as broken:
            raise lost(broken) or broken from broken
    return written


def lost(broken: IntegrityError) -> Conflict | None:
    """What a refusal of the database means where it is about entries: somebody wrote first, or under the same key."""
    return Conflict(f"somebody wrote first ({broken})") if "ledger_entry" in str(broken) else None


def _last(organisation: str, file: str, expected: int | Head) -> Head:
    if isinstance(expected, Head):
        return expected
    last = head(organisation, file)
    if last.number != expected:
        raise Conflict(f"{file}: entry {expected} was expected to be the last, but {last.number} is")
    return last


def _not_behind_the_seal(organisation: str, now: datetime, marks: Marks | None) -> None:
    """Nothing is written before what is sealed already. The marks are asked, which costs no statement."""
    earliest = marks.earliest(organisation) if marks else None
    if earliest and earliest - now > TOLERANCE and not is_being_corrected():
        raise ClockWentBack(organisation, clock=now, stands=earliest)


def _not_before(
    noted: datetime, last: datetime | None, corrected: ClockCorrected | None, *, file: str
) -> datetime:
    """The server's clock never runs backwards in a file: a little behind takes the last time, more is refused.

    Unless the last time was written by a wrong clock, and people have said since that this one is right.
    """
    if last is None or noted >= last:
        return noted
    if last - noted > TOLERANCE:
        if is_being_corrected() or (corrected and last <= corrected.until and noted >= corrected.since):
            return noted
        raise ClockWentBack(file, clock=noted, stands=last)
    return last


def _check(new: NewEntry, *, organisation: str, file: str) -> None:
    if new.at > new.noted:
        raise HappensLater(
            f"{file}: {new.kind} at {new.at.isoformat()} is after it is noted; what is planned is a duty"
        )
    for word, value in new.personal.items():
        if type(value) is not str:
            raise NotCanonical(
                f"entry.personal.{word}: a {type(value).__name__} is not text; make it text first"
            )
        check(value, f"entry.personal.{word}")
    names = {
        "organisation": organisation,
        "file": file,
        "kind": new.kind,
        "by": new.by,
        "key": new.key or "-",
    }
    _check_names(names.items())
    _check_names((f"personal.{word}", word) for word in new.personal)


def _check_names(names: Iterable[tuple[str, str]]) -> None:
    for where, name in names:
        if not name or len(name) > LONGEST_NAME:
            raise NotCanonical(f"entry.{where}: {len(name)} characters; a name has 1 to {LONGEST_NAME}")


def _insert(into: str, rows: list[tuple[Any, ...]], sending: Statements) -> None:
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        places = f"({', '.join(['%s'] * len(batch[0]))})"
        sending.add(
            f"INSERT INTO {into} VALUES {', '.join([places] * len(batch))}",
            [part for row in batch for part in row],
        )
