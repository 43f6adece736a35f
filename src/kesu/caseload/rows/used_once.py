"""Values that are used once in the whole organisation: who has them, and who was first (semantics 4.2).

Decided upon by what other files use when the act is judged; looked at again under the lock of each value, which is
taken after files and watches and before the series; and kept apart by the table itself, whatever happens.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection

from kesu.casework.deciding.command import Command
from kesu.casework.file.case_file import CaseFile
from kesu.casework.many.used_once import Use, used, would_use
from kesu.ledger.append import Conflict
from kesu.names import FileName
from kesu.procedure.shapes.abilities import UsedOnce

from ..models import ONCE, Row, UsedRow


class UsedElsewhere(Conflict):
    """Another file has used the value up since this act was decided upon."""


def used_rows(case: CaseFile) -> list[Row]:
    """The values that a file has used up."""
    if not case.procedure.able(UsedOnce):
        return []
    return [
        (UsedRow, {"word": use[0], "value": digest(use), "held": held})
        for use, held in sorted(used(case).items())
    ]


def held(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """The values, as digests, that these rows keep from every other file."""
    return [row["value"] for row in rows if row["held"]]


def digest(use: Use) -> str:
    """How a value stands in the table: what is used is nobody's business there."""
    return hashlib.sha256("\n".join(use).encode()).hexdigest()


def tell_what_others_use(
    case: CaseFile, command: Command, *, organisation: str, file: str | None, now: datetime
) -> None:
    """Lets a trial know which of the values that a command would use are used up by other files."""
    if not case.procedure.able(UsedOnce):
        return
    wanted = would_use(case, command.act(number=case.number + 1, now=now))
    taken = _taken(organisation, map(digest, wanted), besides=file or "")
    case.history.elsewhere = frozenset(use for use in wanted if (use[0], digest(use)) in taken)


def hold(organisation: str, wanted: Mapping[FileName, Sequence[str]]) -> None:
    """Locks the values, as digests, that each file is going to hold. Raises UsedElsewhere when another file has one."""
    _lock(organisation, sorted({value for values in wanted.values() for value in values}))
    for file, values in wanted.items():
        if _taken(organisation, values, besides=file, held=[True]):
            raise UsedElsewhere(f"{file}: a value that is used once was used by another file meanwhile")


def _taken(
    organisation: str, values: Iterable[str], *, besides: str, held: Iterable[bool] = (True, False)
) -> set[tuple[str, str]]:
    """Which of these are used by files besides this one, as (word, digest)."""
    listed = list(values)
    if not listed:
        return set()
    rows = UsedRow.objects.filter(organisation=organisation, value__in=listed, held__in=held)
    return set(rows.exclude(file=besides).values_list("word", "value"))


def _lock(organisation: str, values: Iterable[str]) -> None:
    """One lock a value until the transaction ends, in the order of their digests; SQLite has one writer anyway."""
    if connection.vendor != "postgresql":
        return
    for value in values:
        name = hashlib.sha256(f"kesu once\n{organisation}\n{value}".encode()).digest()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(name[:8], "big", signed=True)])


def trips(broken: IntegrityError) -> bool:
    """Whether it was the table of used values that refused a row."""
    return UsedRow._meta.db_table in str(broken) or ONCE in str(broken)
