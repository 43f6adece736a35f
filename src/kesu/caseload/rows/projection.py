"""Writing the rows that follow from a file: what differs between before and after, in few statements.

Rows are plain dicts beside their model, made by pure functions (`rows.case_rows`, the registers). They are compared by
the model's natural key, so `refresh` needs no reading: before an act they follow from the fold before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from django.db import connection, models

from kesu.ledger.statements import Statements
from kesu.people.models import Projection

from ..models import Key, Keyed, Row


def keyed(rows: Iterable[Row]) -> Keyed:
    """The rows by model and natural key."""
    return {(model, tuple(row[name] for name in natural_key(model))): row for model, row in rows}


@cache
def natural_key(model: type[models.Model]) -> tuple[str, ...]:
    """The fields of the model's first unique constraint, beside organisation and file."""
    first = model._meta.constraints[0]
    assert isinstance(first, models.UniqueConstraint)
    return tuple(name for name in first.fields if name not in ("organisation", "file"))


def refresh(
    *, organisation: str, file: str, before: Keyed, after: Keyed, into: Statements | None = None
) -> None:
    """Makes the stored rows of a file those of `after`, given that they are those of `before`.

    With `into` the statements are left there for the caller to send. Raises IntegrityError where a row is refused.
    """
    sending = Statements() if into is None else into
    gone = [key for key in before if key not in after]
    added: dict[type[Projection], list[Mapping[str, Any]]] = {}
    for key, row in after.items():
        stored = key
        if key not in before:  # a row that goes makes room for one that comes: one statement for both
            free = next((one for one in gone if one[0] is key[0]), None)
            if free is None:
                added.setdefault(key[0], []).append(row)
                continue
            gone.remove(free)
            stored = free
        if before[stored] != row:
            _update(stored, organisation, file, _changed(before[stored], row), sending)
    for key in gone:
        _delete(key, organisation, file, sending)
    for model, rows in added.items():
        _insert(model, [{"organisation": organisation, "file": file, **row} for row in rows], sending)
    if into is None:
        sending.send()


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in new.items() if old.get(name, _UNSET) != value}


def insert(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """One statement for all rows; every field but the id has to be given or have a default. Raises IntegrityError."""
    sending = Statements()
    _insert(model, rows, sending)
    sending.send()


def _insert(model: type[models.Model], rows: Sequence[Mapping[str, Any]], sending: Statements) -> None:
    if not rows:
        return
    fields = _fields(model).items()
    values = [_stored(field, row.get(name, _UNSET)) for row in rows for name, field in fields]
    sending.add(_insertion(model, len(rows)), values)


def _update(key: Key, organisation: str, file: str, changed: Mapping[str, Any], sending: Statements) -> None:
    fields = _fields(key[0])
    values = [_stored(fields[name], value) for name, value in changed.items()]
    sending.add(_change(key[0], tuple(changed)), [*values, *_place(key, organisation, file)])


def _delete(key: Key, organisation: str, file: str, sending: Statements) -> None:
    sending.add(f'DELETE FROM "{key[0]._meta.db_table}"{_where(key[0])}', _place(key, organisation, file))


# -- texts and values ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def _insertion(model: type[models.Model], rows: int) -> str:
    columns = ", ".join(f'"{field.column}"' for field in _fields(model).values())
    places = f"({', '.join(['%s'] * len(_fields(model)))})"
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES {", ".join([places] * rows)}'


@lru_cache(maxsize=1024)
def _change(model: type[models.Model], names: tuple[str, ...]) -> str:
    sets = ", ".join(f'"{_fields(model)[name].column}" = %s' for name in names)
    return f'UPDATE "{model._meta.db_table}" SET {sets}{_where(model)}'


@cache
def _where(model: type[models.Model]) -> str:
    """By organisation, file and natural key."""
    names = ("organisation", "file", *natural_key(model))
    return " WHERE " + " AND ".join(f'"{_fields(model)[name].column}" = %s' for name in names)


def _place(key: Key, organisation: str, file: str) -> list[Any]:
    model, natural = key
    fields = [_fields(model)[name] for name in natural_key(model)]
    return [organisation, file, *map(_stored, fields, natural)]


_UNSET = object()
_AS_THEY_ARE = (str, int, bool, type(None))  # both drivers take these as they come


def _stored(field: models.Field[Any, Any], value: Any) -> Any:
    if value is _UNSET:
        value = field.get_default()
    if type(value) in _AS_THEY_ARE and not isinstance(field, models.JSONField):
        return value
    return field.get_db_prep_save(value, connection)


@cache
def _fields(model: type[models.Model]) -> Mapping[str, models.Field[Any, Any]]:
    return {field.attname: field for field in model._meta.concrete_fields if not field.primary_key}
