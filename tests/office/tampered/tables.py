"""Tables as their owner sees them: rows, columns, values of another kind; and what of them is written down to prove nothing."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import connection, models
from tests.office.ledger.tampering import tamper

Row = dict[str, Any]

# Whoever changes these is named by nobody: docs/explanation/ledger.md says so, and why.
PROVE_NOTHING = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "caseload_rowsmade",
    "desk_attempt",
    "desk_formdraft",
    "desk_savedview",
    "django_content_type",
    "django_session",
    "files_draft",
    "intake_admission",
}
COLUMNS_THAT_PROVE_NOTHING = {
    ("people_user", name) for name in ("last_login", "language", "name", "password_due")
}
MAY_BE_GONE = {"caseload_searchedrow"}  # what stands there or not without anybody being told less
PROVE_NOTHING_SO = {("caseload_searchedrow", "leaf", "of another row")}  # lower than it was: followed again
KINDS = ("of another row", "empty", "something else", "none at all")
PLACES = ("first", "middle", "last")


def tables() -> dict[str, type[models.Model]]:
    """All that Django knows of, by name."""
    found = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in sorted(found, key=lambda one: one._meta.db_table)}


def columns(table: str) -> list[str]:
    """Those that somebody can change; what merely numbers the rows that follow from the ledger is none."""
    fields = tables()[table]._meta.concrete_fields
    follows = any(field.name == "organisation" for field in fields) and table != "desk_access"
    return [field.column for field in fields if field.column and not (follows and field.column == "id")]


def rows(table: str) -> list[Row]:
    """All rows, always in the same order."""
    names = _all_columns(table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_listed(names)} FROM {table}")
        found = [dict(zip(names, map(_as_bytes, row), strict=True)) for row in cursor.fetchall()]
    return sorted(found, key=lambda row: [str(value) for value in row.values()])


def one(table: str, place: str) -> Row:
    """The row at a place."""
    found = rows(table)
    return found[{"first": 0, "middle": len(found) // 2, "last": -1}[place]]


def put(table: str, row: Row) -> None:
    """A row more."""
    marks = ", ".join(["%s"] * len(row))
    tamper(f"INSERT INTO {table} ({_listed(list(row))}) VALUES ({marks})", *_written(row).values())


def take(table: str, row: Row) -> None:
    """A row less."""
    condition, values = _where(table, row)
    tamper(f"DELETE FROM {table} WHERE {condition}", *values)


def change(table: str, row: Row, **cells: Any) -> None:
    """Other cells in a row."""
    condition, values = _where(table, row)
    assigned = ", ".join(f'"{name}" = %s' for name in cells)
    tamper(f"UPDATE {table} SET {assigned} WHERE {condition}", *_written(cells).values(), *values)


def another(kind: str, table: str, column: str, row: Row) -> Any:
    """A value of this kind for the cell; the same one where there is none."""
    was = row[column]
    if kind == "of another row":
        return next((other[column] for other in rows(table) if other[column] != was), was)
    if kind == "none at all":
        return None
    if kind == "empty":
        return _nothing(was)
    return _something_else(was, table, column)


def _nothing(was: Any) -> Any:
    match was:
        case None:
            return None
        case bool():
            return not was
        case int():
            return 0
        case bytes():
            return b""
        case datetime() | date():
            return was.replace(year=2001)
        case dict() | list():
            return type(was)()
    return ""


def _something_else(was: Any, table: str, column: str) -> Any:
    match was:
        case bool():
            return not was
        case str() if was[:5] == "2026-":  # a time, as SQLite keeps it
            return was.replace("2026-", "2027-", 1)
        case int():
            return was + 1_000
        case bytes():
            return bytes([was[0] ^ 1]) + was[1:] if was else b"x"
        case datetime() | date():
            return was + timedelta(days=400)
        case dict() | list():
            return ["something else"]
        case None if isinstance(_field(table, column), models.DateTimeField):
            return datetime.fromisoformat("2026-01-05T09:00:00+00:00")
        case None if isinstance(_field(table, column), models.IntegerField | models.ForeignKey):
            return 1
    return "something else"[: _field(table, column).max_length]


def _field(table: str, column: str) -> Any:
    return next(field for field in tables()[table]._meta.concrete_fields if field.column == column)


def _all_columns(table: str) -> list[str]:
    return [field.column for field in tables()[table]._meta.concrete_fields if field.column]


def _listed(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _where(table: str, row: Row) -> tuple[str, list[Any]]:
    key: Any = tables()[table]._meta.pk
    names = list(getattr(key, "columns", None) or [key.column])
    return " AND ".join(f'"{name}" = %s' for name in names), [row[name] for name in names]


def _as_bytes(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _written(row: Row) -> Row:
    return {
        name: json.dumps(value) if isinstance(value, dict | list) else value for name, value in row.items()
    }
