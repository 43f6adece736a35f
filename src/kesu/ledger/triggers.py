"""The triggers that make the database itself refuse changes: made after every migration, compared at start.

Changing a column on SQLite rebuilds the table and drops its triggers without a word, so nothing may rely on a
migration having made them once.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType
from typing import Any

from django.db import connections

from kesu.ledger import triggers_postgres, triggers_sqlite
from kesu.ledger.oneway import writing

TABLES = (
    "ledger_entry",
    "ledger_personal_value",
    "ledger_unsealed",
    "ledger_leaf",
    "ledger_checkpoint",
)


class TriggersDiffer(RuntimeError):
    """The database does not refuse what it must refuse."""


def set_triggers_aside(*, using: str = "default", plan: Iterable[tuple[Any, bool]] = (), **_: Any) -> None:
    """Receiver of `pre_migrate`: let SQLite rebuild a ledger table, when the ledger itself is migrated."""
    connection = connections[using]
    if connection.vendor == "sqlite" and any(migration.app_label == "ledger" for migration, _ in plan):
        with connection.cursor() as cursor:
            triggers_sqlite.set_aside(cursor)


def make_triggers(*, using: str = "default", **_: Any) -> None:
    """Receiver of `post_migrate`: (re)make every trigger, when the tables are there."""
    connection = connections[using]
    with writing(), connection.cursor() as cursor:
        if set(TABLES) <= set(connection.introspection.table_names(cursor)):
            _dialect(connection.vendor).make(cursor)


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


def require_triggers(*, using: str = "default") -> None:
    """Refuse to start on a database that would not refuse. Raises TriggersDiffer."""
    faults = check_triggers(using=using)
    if faults:
        raise TriggersDiffer(
            f"database triggers of the ledger: {'; '.join(faults)}. Find out who changed them, then run"
            " `python -m django migrate`, which makes them anew, and `kesu verify`."
        )


def _dialect(vendor: str) -> ModuleType:
    if vendor == "postgresql":
        return triggers_postgres
    if vendor == "sqlite":
        return triggers_sqlite
    raise TriggersDiffer(f"the ledger knows how to guard itself on SQLite and PostgreSQL, not on {vendor}")
