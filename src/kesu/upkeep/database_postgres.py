"""A PostgreSQL database as one file a table, as COPY writes them, all at one moment; and back into an empty database.

Not by `pg_dump`: it has to be there, and to be as new as the server, on the day of the restore too (ADR 0025). The tables
themselves come from the migrations.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from kesu.ledger.triggers import make_triggers
from kesu.upkeep.manifest import NotABackup, Table

_OF_DJANGO = "django_"
_PIECE = 2**20


def copy_out(folder: Path) -> tuple[list[Table], dict[str, int]]:
    """Writes each table into a folder; the tables, and how far their sequences went. Inside a snapshot."""
    return [_out(name, folder) for name in _own_tables()], _sequences()


def rows(sql: str) -> list[tuple[Any, ...]]:
    """What a query finds at the moment of the snapshot."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def is_empty() -> bool:
    """Whether nothing was ever put into the database."""
    return not connection.introspection.table_names()


def copy_in(
    folder: Path, tables: Iterable[Table], sequences: dict[str, int], migrations: Sequence[tuple[str, str]]
) -> None:
    """Makes the tables as they were and fills them, in one transaction. Raises NotABackup."""
    with transaction.atomic():
        _make(migrations)
        with (
            connection.cursor() as cursor
        ):  # a migration leaves them immediate, and tables come in no special order
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in tables:
            _in(table, folder / table.name)
        with connection.cursor() as cursor:
            for name, last in sequences.items():
                cursor.execute("SELECT setval(%s, %s)", [name, last])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        make_triggers()


def _own_tables() -> list[str]:
    """Those of the applications that are installed, whatever release made them."""
    labels = (_OF_DJANGO, *(f"{config.label}_" for config in apps.get_app_configs()))
    return [name for name in sorted(connection.introspection.table_names()) if name.startswith(labels)]


def _out(name: str, folder: Path) -> Table:
    columns = _columns(name)
    listed = ", ".join(f'"{column}"' for column in columns)
    with (
        (folder / name).open("wb") as to,
        connection.connection.cursor() as cursor,
        cursor.copy(f'COPY "{name}" ({listed}) TO STDOUT') as copy,
    ):
        count = 0
        for piece in copy:
            count += bytes(piece).count(
                b"\n"
            )  # an end of line within a value is written as two other characters
            to.write(piece)
    return Table(name, columns, count)


def _columns(name: str) -> tuple[str, ...]:
    found = rows(
        "SELECT attname FROM pg_attribute"
        f" WHERE attrelid = '\"{name}\"'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
    )
    return tuple(str(row[0]) for row in found)


def _sequences() -> dict[str, int]:
    found = rows(
        "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema() AND last_value IS NOT NULL"
    )
    return {str(name): int(last) for name, last in found}


def _make(migrations: Sequence[tuple[str, str]]) -> None:
    """The tables by the migrations that the backup names; nothing stands in them, not even which migrations these were."""
    executor = MigrationExecutor(connection)
    known = [one for one in migrations if one in executor.loader.graph.nodes]
    executor.migrate(known)
    MigrationRecorder(connection).migration_qs.all().delete()


def _in(table: Table, path: Path) -> None:
    if set(_columns(table.name)) != set(table.columns):
        raise NotABackup(
            zh=f"表 {table.name} 的列与清单不符",
            en=f"the columns of {table.name} are not those that it names",
        )
    listed = ", ".join(f'"{column}"' for column in table.columns)
    with (
        path.open("rb") as file,
        connection.connection.cursor() as cursor,
    ):
        with cursor.copy(f'COPY "{table.name}" ({listed}) FROM STDIN') as copy:
            while piece := file.read(_PIECE):
                copy.write(piece)
        if cursor.rowcount != table.rows:
            raise NotABackup(
                zh=f"表 {table.name} 有 {cursor.rowcount} 行，清单说 {table.rows} 行",
                en=f"{table.name} has {cursor.rowcount} rows and not {table.rows}",
            )
