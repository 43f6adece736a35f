"""The triggers that make the database itself refuse changes: made after every migration, compared at start.

Changing a column on SQLite rebuilds the table and drops its triggers without a word, so nothing may rely on a
migration having made them once.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from django.conf import settings
from django.db import connections

from kesu.ledger import machine_clock, triggers_postgres, triggers_sqlite
from kesu.ledger.marks import Remade, add
from kesu.ledger.oneway import writing

TABLES = (
    "ledger_entry",
    "ledger_personal_value",
    "ledger_unsealed",
    "ledger_leaf",
    "ledger_checkpoint",
)


log = logging.getLogger(__name__)
_expected: dict[str, str] = {}  # triggers of other rooms on SQLite, by name: their text


class TriggersDiffer(RuntimeError):
    """The database does not refuse what it must refuse."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(
            f"database triggers of the ledger: {'; '.join(faults)}. Find out who changed them, then run"
            " `python -m django migrate`, which makes them anew and writes that down, and `kesu verify`."
        )
        self.faults = faults

    def in_(self, lang: str) -> str:
        """The message in Chinese (`zh`) or English."""
        zh = (
            f"台账的数据库触发器：{'；'.join(self.faults)}。请先查明是谁改的，再执行 python -m django migrate"
            "（重建触发器，并记下此事）和 kesu verify。"
        )
        return zh if lang == "zh" else str(self)


class NotGuarded(RuntimeError):
    """A database that the ledger has no triggers for."""


def set_triggers_aside(*, using: str = "default", plan: Iterable[tuple[Any, bool]] = (), **_: Any) -> None:
    """Receiver of `pre_migrate`: let SQLite rebuild a ledger table, when the ledger itself is migrated.

    What was wrong with the triggers is written down first: `make_triggers` leaves no trace of it.
    """
    connection = connections[using]
    if faults := check_triggers(using=using) if _has_tables(connection) else []:
        log.warning(
            "triggers of the ledger are made anew; they were not as they must be: %s", "; ".join(faults)
        )
        if settings.LEDGER_MARKS.exists():
            add(settings.LEDGER_MARKS, Remade(what=tuple(faults), time=machine_clock.now()))
    if connection.vendor == "sqlite" and any(migration.app_label == "ledger" for migration, _ in plan):
        with connection.cursor() as cursor:
            triggers_sqlite.set_aside(cursor)


def make_triggers(*, using: str = "default", **_: Any) -> None:
    """Receiver of `post_migrate`: (re)make every trigger, when the tables are there."""
    connection = connections[using]
    if _has_tables(connection):
        with writing(), connection.cursor() as cursor:
            _dialect(connection.vendor).make(cursor)


def _has_tables(connection: Any) -> bool:
    return set(TABLES) <= set(connection.introspection.table_names())


def check_triggers(*, using: str = "default") -> list[str]:
    """What is not as it must be, one sentence each; empty when all is well."""
    connection = connections[using]
    with connection.cursor() as cursor:
        wanted, present = _dialect(connection.vendor).wanted(), _dialect(connection.vendor).present(cursor)
    faults = []
    for name in sorted(wanted.keys() | present.keys()):
        if name not in present:
            faults.append(f"{name} is missing")
        elif name not in wanted:
            faults.append(f"{name} is not one of ours")
        elif wanted[name] != present[name]:
            faults.append(f"{name} is not as Kesu made it")
    return faults


def strange_triggers(*, using: str = "default") -> list[str]:
    """Triggers on tables beside the ledger that are none of Kesu's; they stop nothing, and are named by verification."""
    connection = connections[using]
    with connection.cursor() as cursor:
        named = _dialect(connection.vendor).beside(cursor)
    return [f"{name} on {table} is not one of ours" for name, table, text in named if not _ours(name, text)]


def expect_triggers(texts: Mapping[str, str]) -> None:
    """Another room of Kesu has these triggers on tables of its own, on SQLite; with another text they are strange."""
    _expected.update(texts)


def _ours(name: str, text: str) -> bool:
    return bool(text) and _expected.get(name) == text


def require_triggers(*, using: str = "default") -> None:
    """Refuse to start on a database that would not refuse. Raises TriggersDiffer and NotGuarded."""
    faults = check_triggers(using=using)
    if faults:
        raise TriggersDiffer(faults)


def _dialect(vendor: str) -> ModuleType:
    if vendor == "postgresql":
        return triggers_postgres
    if vendor == "sqlite":
        return triggers_sqlite
    raise NotGuarded(f"the ledger knows how to guard itself on SQLite and PostgreSQL, not on {vendor}")
