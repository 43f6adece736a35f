"""What can be verified by itself: a run of whole files of one organisation, or all its leaves.

The runs are the same however many processes share them out, and so is what is found. Together they hold every row of
the ledger, also rows of an organisation or a file that nobody has.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import connection

from kesu.ledger.corrections import corrections_of
from kesu.ledger.faults import Faults
from kesu.ledger.macs import Wanted
from kesu.ledger.triggers import TABLES
from kesu.ledger.verify_entries import Entries
from kesu.ledger.verify_leaves import Leaves
from kesu.ledger.verify_times import seal_times

_RUN = 5_000  # entries, about; a run costs as much as ten entries more
_MOST_RUNS = 200
_SAMPLES = 8  # leaves that are looked at for each run


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The files of an organisation from `first` on, up to before `end`; without them from its first, to its last."""

    organisation: str
    size: int  # how many leaves its last checkpoint says there are
    macs: Wanted | None = None
    first: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """The leaves and checkpoints of an organisation, and the public keys (hexadecimal) that count."""

    organisation: str
    trusted: frozenset[str]


@dataclass(slots=True, kw_only=True)
class Checked:
    """What was counted, and what is wrong: the first hundred faults in order, and how many there are."""

    entries: int = 0
    files: int = 0
    unsealed: int = 0
    unsealed_since: datetime | None = None
    leaves: int = 0
    checkpoints: int = 0
    faults: Faults = field(default_factory=Faults)


def parts_of(
    organisation: str | None, trusted: frozenset[str], macs: Callable[[str], Wanted | None]
) -> list[Files | Sealed]:
    """Every part of one organisation, or of all: first the files, in order of their names, then what is sealed.

    `macs` says what is asked of the codes of an organisation.
    """
    names = [organisation] if organisation is not None else _organisations()
    files = [part for name in names for part in _runs(name, macs(name))]
    return [*files, *(Sealed(organisation=name, trusted=trusted) for name in names)]


def check(part: Files | Sealed) -> Checked:
    """Verify one part, in the snapshot of the caller."""
    result = Checked()
    if isinstance(part, Sealed):
        leaves = Leaves(trusted=part.trusted, report=result.faults)
        leaves.walk(part.organisation)
        result.leaves, result.checkpoints = leaves.leaves, leaves.checkpoints
        return result
    times = seal_times(part.organisation)
    entries = Entries(
        size=part.size,
        macs=part.macs,
        times=times,
        corrections=corrections_of(part.organisation),
        report=result.faults,
    )
    entries.walk(*_where(part))
    result.faults.sort()
    result.entries, result.files = entries.entries, entries.files
    result.unsealed, result.unsealed_since = entries.unsealed, entries.unsealed_since
    return result


def _where(part: Files) -> tuple[str, list[Any]]:
    sides = [("organisation = %s", part.organisation), ("file >= %s", part.first), ("file < %s", part.end)]
    given = [(text, value) for text, value in sides if value is not None]
    return f"WHERE {' AND '.join(text for text, _ in given)}", [value for _, value in given]


def _organisations() -> list[str]:
    """Every organisation that any table of the ledger names. By jumps: a table has many rows and few of them."""
    names = set()
    for table in TABLES:
        name = _one(f"SELECT MIN(organisation) FROM {table}")
        while name is not None:
            names.add(name)
            name = _one(f"SELECT MIN(organisation) FROM {table} WHERE organisation > %s", name)
    return sorted(names)


def _runs(organisation: str, macs: Wanted | None) -> list[Files]:
    """Its files in runs of about the same number of entries."""
    size = _one("SELECT MAX(size) FROM ledger_checkpoint WHERE organisation = %s", organisation) or 0
    sides = [None, *_cuts(organisation, size), None]
    return [
        Files(organisation=organisation, size=size, first=first, end=end, macs=macs)
        for first, end in pairwise(sides)
    ]


def _cuts(organisation: str, size: int) -> list[str]:
    """Names of files between which there are about as many entries each, judged by some of the leaves."""
    runs = min(size // _RUN, _MOST_RUNS)
    if runs < 2:
        return []
    samples = runs * _SAMPLES
    places = [1 + size * sample // samples for sample in range(samples)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT file FROM ledger_leaf WHERE organisation = %s"
            f" AND number IN ({', '.join(['%s'] * samples)}) ORDER BY file",
            [organisation, *places],
        )
        files = [row[0] for row in cursor.fetchall()]
    return sorted(set(files[_SAMPLES::_SAMPLES]))


def _one(sql: str, *parameters: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()[0]
