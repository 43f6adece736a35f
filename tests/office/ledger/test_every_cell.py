"""The owner of the database, cell by cell: every column of every table of the ledger, every row taken away or doubled; each is named.

He has dropped the triggers and made them anew, so that nothing but the change itself gives him away.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests.office.ledger.tampering import tamper, without_triggers
from tests.office.ledger.writers import NINE, entry, write

from kesu.ledger.macs import macs_to_write
from kesu.ledger.marked import begin_marks
from kesu.ledger.marks import MacsBegin, add
from kesu.ledger.models import Checkpoint, Entry, Leaf, PersonalValue, Unsealed
from kesu.ledger.seal import seal
from kesu.ledger.triggers import make_triggers
from kesu.ledger.verify import verify

pytestmark = pytest.mark.tampers
MODELS = {model._meta.db_table: model for model in (Entry, Leaf, Checkpoint, PersonalValue, Unsealed)}
KINDS = ("of another row", "empty", "something else", "none at all")


def columns(table: str) -> list[str]:
    return [field.column for field in MODELS[table]._meta.concrete_fields if field.column]


@pytest.fixture
def ledger(db: None, settings: Any, tmp_path: Path) -> None:
    """Two organisations, two files each, sealed twice; one entry of each waits. Marks are kept, and say so."""
    settings.LEDGER_MARKS = tmp_path / "ledger-marks"
    for organisation in ("lab", "lab-2"):
        for file in ("case/1", "case/2"):
            values = {"personal": {"name": f"{organisation} {file}", "phone": "1"}, "key": f"k-{file}"}
            write(file, entry("received", **values), entry(), organisation=organisation)
        seal(organisation, NINE)
        write("case/2", entry("closed", minute=1), expected=2, organisation=organisation)
        seal(organisation, NINE + timedelta(minutes=1))
        write("case/1", entry("closed", minute=2), expected=2, organisation=organisation)
    begin_marks(NINE)
    key = macs_to_write(None).key
    for organisation in ("lab", "lab-2"):
        add(settings.LEDGER_MARKS, MacsBegin(organisation=organisation, after=0, key=key, time=NINE))
    assert verify().faults == ()
    without_triggers()


def rows(table: str) -> list[dict[str, Any]]:
    names = columns(table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY {', '.join(names[:3])}")
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def where(row: dict[str, Any]) -> tuple[str, list[Any]]:
    keys = [name for name in ("organisation", "file", "number", "entry", "word") if name in row]
    return " AND ".join(f"{name} = %s" for name in keys), [row[name] for name in keys]


def as_bytes(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def others(kind: str, table: str, column: str, row: dict[str, Any]) -> Any:
    """Another value of this kind for the cell; the same one where there is none."""
    was = as_bytes(row[column])
    if kind == "of another row":
        return next((as_bytes(one[column]) for one in rows(table) if as_bytes(one[column]) != was), was)
    if kind == "none at all":
        return None
    if isinstance(was, int):
        return 0 if kind == "empty" else was + 1_000
    if isinstance(was, bytes):
        return b"" if kind == "empty" else bytes([was[0] ^ 1]) + was[1:]
    return "" if kind == "empty" else "something else"


def cells() -> Iterator[tuple[str, str, str]]:
    for table in MODELS:
        for column in columns(table):
            yield from ((table, column, kind) for kind in KINDS)


def done(sql: str, values: list[Any]) -> bool:
    """Whether the database let it be done at all."""
    try:
        with transaction.atomic():
            tamper(sql, *values)
    except IntegrityError:
        return False
    return True


def is_named() -> bool:
    make_triggers()
    return bool([fault for fault in verify().faults if fault.what != "trigger"])


@pytest.mark.parametrize(("table", "column", "kind"), list(cells()))
@pytest.mark.parametrize("which", ["first", "last"])
def test_every_cell_that_was_changed_is_named(
    ledger: None, table: str, column: str, kind: str, which: str
) -> None:
    row = rows(table)[0 if which == "first" else -1]
    value = others(kind, table, column, row)
    if value == as_bytes(row[column]):
        assert kind in ("of another row", "none at all")  # the only value there is, or none already
        return
    condition, keys = where(row)
    if done(f"UPDATE {table} SET {column} = %s WHERE {condition}", [value, *keys]):
        assert is_named()


@pytest.mark.parametrize("table", MODELS)
@pytest.mark.parametrize("which", ["first", "last", "all", "of one organisation"])
def test_every_row_that_was_taken_away_is_named(ledger: None, table: str, which: str) -> None:
    condition, keys = {
        "all": ("1 = 1", []),
        "of one organisation": ("organisation = 'lab-2'", []),
        "first": where(rows(table)[0]),
        "last": where(rows(table)[-1]),
    }[which]
    assert done(f"DELETE FROM {table} WHERE {condition}", keys)
    assert is_named()


@pytest.mark.parametrize("table", MODELS)
@pytest.mark.parametrize("which", ["first", "last"])
@pytest.mark.parametrize("column", ["organisation", "file", "number"])
def test_every_row_that_was_doubled_elsewhere_is_named(
    ledger: None, table: str, which: str, column: str
) -> None:
    row = {name: as_bytes(value) for name, value in rows(table)[0 if which == "first" else -1].items()}
    if column not in row:
        assert table == Checkpoint._meta.db_table
        return
    row[column] = row[column] + 1 if column == "number" else "elsewhere"
    if "key" in row:
        row["key"] = None
    marks = ", ".join(["%s"] * len(row))
    if done(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values())):
        assert is_named()
