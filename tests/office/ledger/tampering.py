"""Harming a ledger in tests, and asking verification what it sees."""

from __future__ import annotations

from django.db import connection

from kesu.ledger.faults import Fault
from kesu.ledger.oneway import writing
from kesu.ledger.triggers import TABLES
from kesu.ledger.verify import verify


def without_triggers() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        else:
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")


def tamper(sql: str, *values: object) -> None:
    with writing(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def first() -> Fault:
    """The first fault that is not about the triggers; they are named too, after everything else."""
    report = verify()
    assert [fault.what for fault in report.faults][-1] == "trigger"
    fault = report.first
    assert fault is not None
    return fault


def place(fault: Fault) -> tuple[object, ...]:
    return (fault.organisation, fault.file, fault.number, fault.what)
