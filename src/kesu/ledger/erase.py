"""Erasing personal values: an act on record first, then the values go; the chain still verifies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import connection

from kesu.ledger.append import append
from kesu.ledger.canonical import Plain
from kesu.ledger.entry import NewEntry, StoredEntry
from kesu.ledger.read import Head

ERASED_KIND = "erased"


class NothingToErase(LookupError):
    """There is no such value in the file, or it was erased before."""


def erase(
    *,
    organisation: str,
    file: str,
    expected: int | Head,
    values: Sequence[tuple[int, str]],
    entry: NewEntry,
) -> StoredEntry:
    """Put an entry of kind `erased` on record that names each (number, word), then delete those values.

    `entry` says by whom, when and on what legal ground; its facts gain `values`. Whether it may be done (retention,
    a hold, which post) is the caller's question. The database itself deletes nothing that no such entry names.
    Raises NothingToErase, and whatever `append` raises.
    """
    named = sorted(set(values))
    _must_exist(organisation, file, named)
    values_named: list[Plain] = [{"number": number, "word": word} for number, word in named]
    facts: dict[str, Plain] = {**entry.facts, "values": values_named}
    (written,) = append(
        organisation=organisation,
        file=file,
        expected=expected,
        entries=[replace(entry, kind=ERASED_KIND, facts=facts)],
    )
    with connection.cursor() as cursor:
        for number, word in named:
            cursor.execute(
                "DELETE FROM ledger_personal_value"
                " WHERE organisation = %s AND file = %s AND number = %s AND word = %s",
                [organisation, file, number, word],
            )
    return written


def _must_exist(organisation: str, file: str, named: list[tuple[int, str]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, word FROM ledger_personal_value WHERE organisation = %s AND file = %s",
            [organisation, file],
        )
        missing = set(named) - set(cursor.fetchall())
    if missing or not named:
        named_values = (
            ", ".join(f"{word} of entry {number}" for number, word in sorted(missing)) or "nothing was named"
        )
        raise NothingToErase(f"{file}: no value to erase: {named_values}")
