"""The whole database of a release, as its own code wrote it: taken from SQLite, brought into an empty database of either kind.

`python -m tests.ledgers.homes DATABASE OUT` writes one; `tests.ledgers.building` does so for a new release. Unlike a backup it
knows no kind of database, so that an upgrade can be tried on both.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

OF_SQLITE = "sqlite_"


def take(database: Path, out: Path) -> None:
    """Writes every table, row by row: the same database gives the same bytes. A file that is there is left alone."""
    with (
        closing(sqlite3.connect(database)) as source,
        out.open("xb") as file,
        gzip.GzipFile(fileobj=file, mode="wb", filename="", mtime=0) as to,
    ):
        for line in _lines(source):
            to.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")


def _lines(source: sqlite3.Connection) -> Iterator[Any]:
    names = [
        row[0] for row in source.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    ]
    yield {"migrations": source.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()}
    for name in names:
        if not name.startswith(OF_SQLITE):
            rows = source.execute(f'SELECT * FROM "{name}" ORDER BY 1')
            yield {"table": name, "columns": [column[0] for column in rows.description]}
            yield from ([_plain(value) for value in row] for row in rows)


def _plain(value: Any) -> Any:
    return {"hex": value.hex()} if isinstance(value, bytes) else value


def bring(path: Path) -> None:
    """Makes the tables by the migrations that the release had, and fills them, in an empty database."""
    from kesu.ledger.oneway import writing
    from kesu.ledger.triggers import make_triggers

    with gzip.open(path, "rt", encoding="utf-8") as file:
        head, *lines = map(json.loads, file)
    executor = MigrationExecutor(connection)
    executor.migrate([tuple(one) for one in head["migrations"]])
    with writing(), transaction.atomic():
        MigrationRecorder(connection).migration_qs.all().delete()
        for table, columns, rows in _tables(lines):
            _insert(table, columns, rows)
        _sequences()
    make_triggers()


def _tables(lines: list[Any]) -> Iterator[tuple[str, list[str], list[list[Any]]]]:
    starts = [number for number, line in enumerate(lines) if isinstance(line, dict)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield lines[start]["table"], lines[start]["columns"], lines[start + 1 : end]


def _insert(table: str, columns: list[str], rows: list[list[Any]]) -> None:
    """As they stand; PostgreSQL is told of what type each is, since SQLite knows neither truth nor time."""
    types = _types(table) if connection.vendor == "postgresql" else {}
    places = ", ".join(f"%s::{types[column]}" if types else "%s" for column in columns)
    listed = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        for row in rows:
            cursor.execute(
                f'INSERT INTO "{table}" ({listed}) VALUES ({places})',
                [_value(value, types.get(column, "")) for column, value in zip(columns, row, strict=True)],
            )


def _value(value: Any, type_: str) -> Any:
    if isinstance(value, dict):
        return bytes.fromhex(value["hex"])
    return value if value is None or not type_ else str(value)


def _types(table: str) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
            [f'"{table}"'],
        )
        return dict(cursor.fetchall())


def _sequences() -> None:
    """What the database gives out next: PostgreSQL does not look at what was inserted."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT s.oid::regclass::text, t.relname, a.attname FROM pg_class s"
                " JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i') JOIN pg_class t ON t.oid = d.refobjid"
                " JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid WHERE s.relkind = 'S'"
            )
            for sequence, table, column in cursor.fetchall():
                cursor.execute(f'SELECT setval(%s, MAX("{column}")) FROM "{table}"', [sequence])


if __name__ == "__main__":
    take(Path(sys.argv[1]), Path(sys.argv[2]))
