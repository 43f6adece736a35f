"""Numbers that no file has: a series has no gap (semantics 3.10), so the file of one that is missing was taken away."""

from __future__ import annotations

from collections import defaultdict

import orjson
from django.db import connection

from kesu.ledger.faults import Fault
from kesu.ledger.read import organisations
from kesu.ledger.snapshot import rows_of, snapshot

_FIRST = "SELECT body FROM ledger_entry WHERE organisation = %s AND number = 1"


def gaps(organisation: str | None) -> list[Fault]:
    """A fault for each number that is missing below the greatest given, in one organisation or in all.

    The numbers are those of the first entries; the greatest is what the table of series says, where it says more. An entry
    that cannot be read has no number here: verification names it.
    """
    with snapshot():
        names = [organisation] if organisation is not None else organisations()
        found = [(name, label) for name in names for label in _missing(name)]
    return [Fault(what="series gap", organisation=name, detail=label) for name, label in found]


def _missing(organisation: str) -> list[str]:
    labels: dict[tuple[str, int], dict[int, str]] = defaultdict(dict)
    for (body,) in rows_of(_FIRST, [organisation]):
        try:
            facts = orjson.loads(body)["facts"]
            prefix, year, number = facts["series"]
            labels[prefix, year][number] = facts["label"]
        except (ValueError, KeyError, TypeError):
            continue
    return [
        f"{prefix}-{year}-{number:0{_digits(given)}}"
        for (prefix, year), given in sorted(labels.items())
        for number in range(1, max(max(given), _last(organisation, prefix, year)) + 1)
        if number not in given
    ]


def _digits(given: dict[int, str]) -> int:
    """How wide the numbers of a series are written."""
    return min(len(label.rpartition("-")[2]) for label in given.values())


def _last(organisation: str, prefix: str, year: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT last FROM caseload_series WHERE organisation = %s AND prefix = %s AND year = %s",
            [organisation, prefix, year],
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 0
