"""Reading whole tables row by row at one moment, in bounded memory and without objects."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

Row = tuple[Any, ...]
_ROWS_AT_ONCE = 500  # more of them fall out of the processor's cache
_names = itertools.count(1)


@contextmanager
def snapshot(*, named: str | None = None) -> Iterator[None]:
    """All reads of this block see the database as it is now, and nobody waits for them.

    `named` is a moment that another connection to PostgreSQL keeps open (`name_of_moment`): this block then sees that
    one. Inside a transaction of the caller it is that transaction's view.
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
        if named is not None:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION SNAPSHOT %s", [named])
        elif not postgres:
            commits_seen()  # SQLite's moment is that of the first read
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def name_of_moment() -> str:
    """By which other connections can see what this snapshot sees, for as long as it lasts. PostgreSQL only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        return str(cursor.fetchone()[0])


def commits_seen() -> int:
    """Another number than before when another connection has committed since. SQLite only."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])


def batches_of(sql: str, parameters: list[Any]) -> Iterator[list[Row]]:
    """The rows of a query as plain tuples, some at a time; bytes are bytes on both databases; `%s` marks a place."""
    raw = connection.connection
    if connection.vendor == "postgresql":
        with raw.cursor(name=f"kesu_rows_{next(_names)}", binary=True) as cursor:
            cursor.execute(sql, parameters)
            while batch := cursor.fetchmany(_ROWS_AT_ONCE):
                yield batch
    else:
        cursor = raw.execute(sql.replace("%s", "?"), parameters)
        while batch := cursor.fetchmany(_ROWS_AT_ONCE):
            yield batch


def rows_of(sql: str, parameters: list[Any]) -> Iterator[Row]:
    """The same, row by row."""
    return itertools.chain.from_iterable(batches_of(sql, parameters))


class Stream:
    """Rows in order of their first three columns, read ahead; for reading several tables side by side."""

    def __init__(self, batches: Iterator[list[Row]]) -> None:
        self._batches = batches
        self._ahead: list[Row] = []
        self._at = 0

    def peek(self, count: int) -> list[Row]:
        """The next rows, at most `count`, without taking them."""
        while len(self._ahead) - self._at < count and (batch := next(self._batches, None)):
            self._ahead = self._ahead[self._at :] + batch
            self._at = 0
        return self._ahead[self._at : self._at + count]

    def skip(self, count: int) -> None:
        """Take rows that were peeked at."""
        self._at += count

    def take(self, key: Any) -> Row | None:
        """The next row, when it has this key."""
        row = self.peek(1)
        if row and row[0][:3] == key:
            self._at += 1
            return row[0]
        return None

    def before(self, key: Any) -> list[Row]:
        """Take all rows that come before this key; all that are left when it is None."""
        passed = []
        while (row := self.peek(1)) and (key is None or row[0][:3] < key):
            self._at += 1
            passed += row
        return passed
