"""An earlier copy put back: of all, of one organisation, one table or one file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from tests.office.ledger.tampering import tamper
from tests.office.tampered.home import ORGANISATIONS, copy
from tests.office.tampered.tables import MAY_BE_GONE, PROVE_NOTHING, Row, columns, put, rows
from tests.office.tampered.ways import Manipulation

Copy = Mapping[str, list[Row]]  # table -> its rows
Narrowed = dict[str, str]  # column -> value: which rows are put back


def of_copies(copies: Mapping[str, Copy]) -> Iterator[Manipulation]:
    """Each copy put back, whole and in every part that has changed since."""
    now = copy()
    for when, copied in copies.items():
        for part, only in _parts():
            if _differing(copied, now, only):
                yield Manipulation(f"copy of {when}: {part}", partial(put_back, copied, only))
        for table in copied:
            if _differing({table: copied[table]}, now, {}):
                proves = table not in (
                    *PROVE_NOTHING,
                    *MAY_BE_GONE,
                    "people_user",
                )  # a sign-in with the code that it had then
                back = partial(put_back, {table: copied[table]}, {})
                yield Manipulation(f"copy of {when}: the table {table}", back, proves)


def _parts() -> Iterator[tuple[str, Narrowed]]:
    """All of it, each organisation, each file."""
    yield "all of it", {}
    for organisation in ORGANISATIONS:
        yield organisation, {"organisation": organisation}
        for file in sorted(
            {row["file"] for row in rows("ledger_entry") if row["organisation"] == organisation}
        ):
            yield f"{organisation}, {file[:13]}", {"organisation": organisation, "file": file}


def _differing(copied: Copy, now: Copy, only: Narrowed) -> list[str]:
    return [
        table
        for table in _in_order(copied)
        if set(only) <= set(columns(table)) and _narrowed(copied[table], only) != _narrowed(now[table], only)
    ]


def put_back(copied: Copy, only: Narrowed) -> None:
    """Every table that has these columns holds again what it held."""
    differing = _differing(copied, copy(), only)
    for table in differing[::-1]:
        condition = " AND ".join(f"{name} = %s" for name in only) or "1 = 1"
        tamper(f"DELETE FROM {table} WHERE {condition}", *only.values())
    for table in differing:
        for row in _narrowed(copied[table], only):
            put(table, row)


def _in_order(copied: Copy) -> list[str]:
    """Sign-ins before persons, who refer to them."""
    return sorted(copied, key=lambda table: (table != "people_user", table))


def _narrowed(found: list[Row], only: Narrowed) -> list[Row]:
    return [row for row in found if all(row[name] == value for name, value in only.items())]
