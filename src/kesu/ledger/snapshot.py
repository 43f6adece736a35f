"""Reading whole tables row by row at one moment, in bounded memory and without objects."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

Rows = Iterator[tuple[Any, ...]]
_ROWS_AT_ONCE = 2000
_names = itertools.count(1)


@contextmanager
def snapshot() -> Iterator[None]:
    """All reads of this block see the database as it is now, and nobody waits for them.

    Inside a transaction of the caller it is that transaction's view.
    """
    connection.ensure_connection()
    if connection.in_atomic_block:
        yield
        return
    # Not atomic(): on SQLite that would take the one write lock (transactions are IMMEDIATE).
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if postgres else "BEGIN DEFERRED")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def rows_of(sql: str, parameters: list[Any]) -> Rows:
    """The rows of a query as plain tuples; bytes are bytes on both databases. Placeholders are `%s`."""
    raw = connection.connection
    if connection.vendor == "postgresql":
        with raw.cursor(name=f"kesu_rows_{next(_names)}", binary=True) as cursor:
            cursor.itersize = _ROWS_AT_ONCE
            cursor.execute(sql, parameters)
            yield from cursor
    else:
        yield from raw.execute(sql.replace("%s", "?"), parameters)


class Beside:
    """A second stream in the same order, read along with the first: its rows are taken by the key of the first."""

    def __init__(self, rows: Rows, *, key: Callable[[tuple[Any, ...]], Any]) -> None:
        self._rows, self._key = rows, key
        self._row: tuple[Any, ...] | None = next(rows, None)

    def at(self, wanted: Any, lonely: list[tuple[Any, ...]]) -> tuple[Any, ...] | None:
        """The row with this key, or None. Rows that were passed over, with smaller keys, go to `lonely`."""
        row = self._row
        while row is not None:
            key = self._key(row)
            if key > wanted:
                return None
            self._row = next(self._rows, None)
            if key == wanted:
                return row
            lonely.append(row)
            row = self._row
        return None

    def rest(self) -> Rows:
        """All rows that are left."""
        while (row := self._row) is not None:
            self._row = next(self._rows, None)
            yield row
