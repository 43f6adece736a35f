"""What SQLite is told to refuse.

Triggers for UPDATE and DELETE are not enough: INSERT OR REPLACE removes the old row without waking a DELETE
trigger, by any unique key and also by the hidden rowid. So a BEFORE INSERT trigger refuses every key that exists.
"""

from __future__ import annotations

from typing import Any

KEYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "ledger_entry": (("organisation", "file", "number"), ("organisation", "person", "key")),
    "ledger_leaf": (("organisation", "number"), ("organisation", "file", "entry")),
    "ledger_checkpoint": (("organisation", "number"),),
    "ledger_personal_value": (("organisation", "file", "number", "word"),),
}

_ERASED = """EXISTS (
    SELECT 1 FROM ledger_entry AS act, json_each(CAST(act.body AS TEXT), '$.facts.values') AS named
    WHERE act.organisation = OLD.organisation AND act.file = OLD.file AND act.kind = 'erased'
      AND json_extract(named.value, '$.number') = OLD.number AND json_extract(named.value, '$.word') = OLD.word)"""

_QUEUE = """CREATE TRIGGER ledger_entry_waits AFTER INSERT ON ledger_entry
BEGIN
    INSERT INTO ledger_unsealed (organisation, file, number) VALUES (NEW.organisation, NEW.file, NEW.number);
END"""


def wanted() -> dict[str, str]:
    """Trigger name -> its text, exactly as SQLite keeps it."""
    texts = {"ledger_entry_waits": _QUEUE}
    for table, keys in KEYS.items():
        texts[f"{table}_no_update"] = _refusal(table, "update", "UPDATE", "", "is never changed")
        texts[f"{table}_no_replace"] = _refusal(
            table, "replace", "INSERT", _taken(table, keys), "exists already"
        )
        if table == "ledger_personal_value":
            when, why = f"WHEN NOT {_ERASED}", "is deleted by an erasure on record only"
        else:
            when, why = "", "is never deleted"
        texts[f"{table}_no_delete"] = _refusal(table, "delete", "DELETE", when, why)
    return texts


def present(cursor: Any) -> dict[str, str]:
    """Trigger name -> its text, of every trigger that stands on a ledger table."""
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name GLOB 'ledger_*'")
    return dict(cursor.fetchall())


def beside(cursor: Any) -> list[tuple[str, str, str]]:
    """Name, table and text of every trigger that stands on another table."""
    cursor.execute(
        "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND NOT tbl_name GLOB 'ledger_*' ORDER BY name"
    )
    return list(cursor.fetchall())


def set_aside(cursor: Any) -> None:
    """Take away the triggers that speak of a second table: SQLite cannot rename a table while one stands."""
    for name in {"ledger_entry_waits", "ledger_personal_value_no_delete"} & present(cursor).keys():
        cursor.execute(f'DROP TRIGGER "{name}"')


def make(cursor: Any) -> None:
    """Make all triggers anew."""
    for name in present(cursor):
        cursor.execute(f'DROP TRIGGER "{name}"')
    for text in wanted().values():
        cursor.execute(text)


def _refusal(table: str, name: str, event: str, when: str, why: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{name} BEFORE {event} ON {table} {when}\n"
        f"BEGIN SELECT RAISE(ABORT, 'ledger: a row of {table} {why}'); END"
    )


def _taken(table: str, keys: tuple[tuple[str, ...], ...]) -> str:
    """True when the new row would collide; a NULL in a key never does, as in the constraint itself."""
    clauses = [" AND ".join(f"{column} = NEW.{column}" for column in key) for key in keys]
    collisions = [
        f"EXISTS (SELECT 1 FROM {table} WHERE {clause})" for clause in (*clauses, "rowid = NEW.rowid")
    ]
    return f"WHEN {' OR '.join(collisions)}"
