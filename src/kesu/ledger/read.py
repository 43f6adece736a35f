"""Reading the ledger: always from the stored bytes, with personal values filled in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import orjson
from django.db import connection

from kesu.ledger.entry import StoredEntry, moment, stored
from kesu.ledger.statements import Rows, Statement, asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last entry of a file: its number (0: there is none), digest (hexadecimal) and time noted."""

    number: int
    digest: str | None
    noted: datetime | None


NOTHING = Head(number=0, digest=None, noted=None)


def head(organisation: str, file: str) -> Head:
    """Where the file stands: one statement, one row by the primary key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, digest, body FROM ledger_entry WHERE organisation = %s AND file = %s"
            " ORDER BY number DESC LIMIT 1",
            [organisation, file],
        )
        row = cursor.fetchone()
    if row is None:
        return NOTHING
    return Head(number=row[0], digest=bytes(row[1]).hex(), noted=moment(orjson.loads(bytes(row[2]))["noted"]))


def head_of(entries: list[StoredEntry]) -> Head:
    """The head of a file whose entries were just read, without asking again."""
    if not entries:
        return NOTHING
    last = entries[-1]
    return Head(number=last.number, digest=last.digest, noted=last.noted)


def entries_of(organisation: str, file: str, *, after: int = 0) -> list[StoredEntry]:
    """The entries of a file after number `after`, in order. Two statements, one when nothing is personal."""
    (rows,) = asked(entries_asked(organisation, file, after=after))
    return entries_in(organisation, file, rows, after=after)


def entries_asked(organisation: str, file: str, *, after: int) -> Statement:
    """The statement that asks for these entries: for whoever asks more in the same round trip."""
    return (
        "SELECT body, digest FROM ledger_entry WHERE organisation = %s AND file = %s AND number > %s ORDER BY number",
        [organisation, file, after],
    )


def entries_in(organisation: str, file: str, answers: Rows, *, after: int) -> list[StoredEntry]:
    """The entries in the rows of `entries_asked`; one statement more where something is personal."""
    rows = [(bytes(body), bytes(digest)) for body, digest in answers]
    none: Mapping[str, str] = {}
    personal = _personal(organisation, file, after) if any(_commits(body) for body, _ in rows) else {}
    return [
        stored(body, digest=digest, personal=personal.get(number, none))
        for number, (body, digest) in enumerate(rows, after + 1)
    ]


def answered(organisation: str, by: str, key: str) -> StoredEntry | None:
    """The entry that answered this person's command with this idempotency key; its `command` tells which it was."""
    (rows,) = asked(answer_asked(organisation, by, key))
    return answer_in(organisation, rows)


def answer_asked(organisation: str, by: str, key: str) -> Statement:
    """The statement that asks for that entry: for whoever asks more in the same round trip."""
    return (
        "SELECT file, number, body FROM ledger_entry WHERE organisation = %s AND person = %s AND key = %s",
        [organisation, by, key],
    )


def answer_in(organisation: str, answers: Rows) -> StoredEntry | None:
    """The entry in the rows of `answer_asked`; None when nothing was answered by that key."""
    if not answers:
        return None
    file, number, body = answers[0]
    return stored(bytes(body), personal=_personal(organisation, file, number - 1).get(number))


def files(organisation: str, *, prefix: str = "") -> Iterator[str]:
    """The names of all files of an organisation that begin with `prefix`, in byte order, read in stretches."""
    last = ""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT file FROM ledger_entry WHERE organisation = %s AND number = 1 AND file > %s AND file >= %s"
                " AND substr(file, 1, %s) <= %s ORDER BY file LIMIT 1000",
                [organisation, last, prefix, len(prefix), prefix],
            )
            names = [row[0] for row in cursor.fetchall()]
        yield from names
        if not names:
            return
        last = names[-1]


def organisations() -> list[str]:
    """Every organisation that has an entry, in byte order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT organisation FROM ledger_entry ORDER BY organisation")
        return [row[0] for row in cursor.fetchall()]


def personal_values(
    organisation: str, places: Iterable[tuple[str, int, str]]
) -> dict[tuple[str, int, str], str]:
    """The personal values at these places (file, number of the entry, word), in one statement; those erased are left out."""
    wanted = set(places)
    parts = [sorted({place[part] for place in wanted}) for part in range(3)]
    if not wanted:
        return {}
    marks = [", ".join(["%s"] * len(part)) for part in parts]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT file, number, word, value FROM ledger_personal_value WHERE organisation = %s"
            f" AND file IN ({marks[0]}) AND number IN ({marks[1]}) AND word IN ({marks[2]})",
            [organisation, *(one for part in parts for one in part)],
        )
        found = ((file, number, word, value) for file, number, word, value in cursor.fetchall())
        return {(f, n, w): bytes(value).decode() for f, n, w, value in found if (f, n, w) in wanted}


def _commits(body: bytes) -> bool:
    return b'"commitments":{}' not in body


def _personal(organisation: str, file: str, after: int) -> dict[int, dict[str, str]]:
    """Number of the entry -> word -> value."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, word, value FROM ledger_personal_value"
            " WHERE organisation = %s AND file = %s AND number > %s",
            [organisation, file, after],
        )
        values: dict[int, dict[str, str]] = defaultdict(dict)
        for number, word, value in cursor.fetchall():
            values[number][word] = bytes(value).decode()
    return values
