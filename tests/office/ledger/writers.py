"""Small ways to write to a ledger in tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from kesu.ledger.append import append
from kesu.ledger.entry import NewEntry, StoredEntry
from kesu.ledger.marked import mark_founded, marks_path
from kesu.ledger.marks import read_marks
from kesu.ledger.oneway import writing

NINE = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai


def entry(kind: str = "noted", *, minute: int = 0, **parts: Any) -> NewEntry:
    """An entry noted so many minutes after nine, by the receptionist unless said otherwise."""
    noted = NINE + timedelta(minutes=minute)
    return NewEntry(**{"kind": kind, "at": noted, "noted": noted, "by": "li", **parts})


def write(file: str, *entries: NewEntry, expected: int = 0, organisation: str = "lab") -> list[StoredEntry]:
    """Append in a transaction of its own, through the one way in; where marks are kept, they know of the organisation."""
    marks = read_marks(marks_path())
    if marks is not None and organisation not in marks.newest:
        mark_founded(organisation, NINE)
    with writing(), transaction.atomic():
        return append(organisation=organisation, file=file, expected=expected, entries=entries)
