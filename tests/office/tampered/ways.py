"""What somebody does to a database that is his, generated over tables, kinds of change and places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from tests.office.ledger.tampering import tamper
from tests.office.tampered.forging import forgeries
from tests.office.tampered.home import ORGANISATIONS
from tests.office.tampered.tables import (
    COLUMNS_THAT_PROVE_NOTHING,
    KINDS,
    MAY_BE_GONE,
    PLACES,
    PROVE_NOTHING,
    PROVE_NOTHING_SO,
    another,
    change,
    columns,
    one,
    put,
    rows,
    tables,
    take,
)

LOGS = ("caseload_barredrow", "desk_access")


class NothingChanged(Exception):
    """There is no other value of this kind, or no row: what would be done is no manipulation."""


@dataclass(frozen=True, slots=True)
class Manipulation:
    """What is done, in words of the suite, and the doing. `named`: whether a verifier has to name it."""

    title: str
    do: Callable[[], None]
    named: bool = True


def of_the_database() -> list[Manipulation]:
    """All that the owner of the database does with his own hands."""
    return [
        *_cells(),
        *_rows_gone(),
        *_rows_more(),
        *_logged(),
        *(Manipulation(*each) for each in forgeries()),
    ]


def _cells() -> Iterator[Manipulation]:
    for table in tables():
        for column in columns(table):
            says = table not in PROVE_NOTHING and (table, column) not in COLUMNS_THAT_PROVE_NOTHING
            for kind in KINDS:
                proves = says and (table, column, kind) not in PROVE_NOTHING_SO
                for place in PLACES:
                    title = f"{table}.{column} {kind}, {place} row"
                    yield Manipulation(title, partial(_cell, table, column, kind, place), proves)


def _cell(table: str, column: str, kind: str, place: str) -> None:
    row = _row(table, place)
    value = another(kind, table, column, row)
    if value == row[column]:
        raise NothingChanged
    change(table, row, **{column: value})


def _rows_gone() -> Iterator[Manipulation]:
    for table in tables():
        proves = table not in PROVE_NOTHING | MAY_BE_GONE
        for place in PLACES:
            yield Manipulation(f"{table}: {place} row gone", partial(_gone, table, place), proves)
        yield Manipulation(f"{table}: emptied", partial(_emptied, table, ""), proves)
        if "organisation" in columns(table):
            for each in ORGANISATIONS:
                yield Manipulation(f"{table}: {each} gone", partial(_emptied, table, each), proves)


def _gone(table: str, place: str) -> None:
    take(table, _row(table, place))


def _emptied(table: str, organisation: str) -> None:
    if not [row for row in rows(table) if organisation in ("", row.get("organisation"))]:
        raise NothingChanged
    if organisation:
        tamper(f"DELETE FROM {table} WHERE organisation = %s", organisation)
    else:
        tamper(f"DELETE FROM {table}")


def _rows_more() -> Iterator[Manipulation]:
    for table in tables():
        for place in PLACES:
            for column in ("organisation", "file", "number", "person", "username"):
                if column in columns(table) and table not in LOGS:
                    title = f"{table}: {place} row doubled with another {column}"
                    doubled = partial(_doubled, table, place, column)
                    yield Manipulation(title, doubled, table not in PROVE_NOTHING)


def _logged() -> Iterator[Manipulation]:
    """A line more in a log: before all others, or at its end, where nothing tells it from one that Kesu writes."""
    for table in LOGS:
        for number in (-1, 0, 1_000_000):
            title = f"{table}: a line more, number {number}"
            yield Manipulation(title, partial(_line, table, number), number <= 0)


def _line(table: str, number: int) -> None:
    put(table, _row(table, "last") | {"id": number, "person": "p-lin"})


def _doubled(table: str, place: str, column: str) -> None:
    row: dict[str, Any] = dict(_row(table, place))
    value = row[column]
    row[column] = value + 1_000 if isinstance(value, int) else f"{value}-x"
    if "id" in row:
        row["id"] = 1_000_000
    if table == "ledger_entry":
        row["key"] = None
    put(table, row)


def _row(table: str, place: str) -> dict[str, Any]:
    if not rows(table):
        raise NothingChanged
    return one(table, place)
