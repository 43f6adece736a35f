"""What PostgreSQL is told to refuse.

Statement triggers also wake for ON CONFLICT DO UPDATE and for statements that touch no row; row triggers hold
where rows arrive without statements (logical replication). ENABLE ALWAYS: `session_replication_role` cannot
switch them off. A function is compared by its source, a trigger by what the catalogue says of it.
"""

from __future__ import annotations

from typing import Any

APPEND_ONLY = ("ledger_entry", "ledger_leaf", "ledger_checkpoint")
PERSONAL = "ledger_personal_value"

_REFUSE = """
BEGIN
    RAISE EXCEPTION 'ledger: a row of % is never changed or deleted', TG_TABLE_NAME USING ERRCODE = '23001';
END
"""
_ERASE = """
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM ledger_entry AS act, json_array_elements(convert_from(act.body, 'UTF8')::json #> '{facts,values}') AS named
        WHERE act.organisation = OLD.organisation AND act.file = OLD.file AND act.kind = 'erased'
          AND (named ->> 'number')::bigint = OLD.number AND named ->> 'word' = OLD.word)
    THEN
        RAISE EXCEPTION 'ledger: a row of % is deleted by an erasure on record only', TG_TABLE_NAME
            USING ERRCODE = '23001';
    END IF;
    RETURN OLD;
END
"""
_QUEUE = """
BEGIN
    INSERT INTO ledger_unsealed (organisation, file, number) VALUES (NEW.organisation, NEW.file, NEW.number);
    RETURN NULL;
END
"""
_FUNCTIONS = {"ledger_refuse": _REFUSE, "ledger_erase": _ERASE, "ledger_queue": _QUEUE}


def _triggers() -> dict[str, tuple[str, str, str, str]]:
    """Trigger name -> table, when and what, level, function."""
    triggers = {"ledger_entry_waits": ("ledger_entry", "AFTER INSERT", "ROW", "ledger_queue")}
    for table in APPEND_ONLY:
        triggers[f"{table}_no_statement"] = (
            table,
            "BEFORE UPDATE OR DELETE OR TRUNCATE",
            "STATEMENT",
            "ledger_refuse",
        )
        triggers[f"{table}_no_row"] = (table, "BEFORE UPDATE OR DELETE", "ROW", "ledger_refuse")
    triggers[f"{PERSONAL}_no_statement"] = (
        PERSONAL,
        "BEFORE UPDATE OR TRUNCATE",
        "STATEMENT",
        "ledger_refuse",
    )
    triggers[f"{PERSONAL}_no_row"] = (PERSONAL, "BEFORE UPDATE", "ROW", "ledger_refuse")
    triggers[f"{PERSONAL}_no_delete"] = (PERSONAL, "BEFORE DELETE", "ROW", "ledger_erase")
    return triggers


def wanted() -> dict[str, str]:
    """Name -> what `present` must say of it."""
    texts = dict(_FUNCTIONS)
    for name, (table, event, level, function) in _triggers().items():
        texts[name] = f"{table}|{_bits(event, level)}|A|{function}|always"
    return texts


def present(cursor: Any) -> dict[str, str]:
    """Name -> source of each function; table, kind, state, function and condition of each trigger."""
    cursor.execute(
        "SELECT p.proname, p.prosrc FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace"
        " AND p.proname = ANY(%s)",
        [list(_FUNCTIONS)],
    )
    functions = dict(cursor.fetchall())
    cursor.execute(
        "SELECT t.tgname, concat_ws('|', c.relname, t.tgtype, t.tgenabled, p.proname,"
        " CASE WHEN t.tgqual IS NULL AND cardinality(t.tgattr::int2[]) = 0 THEN 'always' ELSE 'sometimes' END)"
        " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace AND starts_with(c.relname, 'ledger_')"
    )
    return functions | dict(cursor.fetchall())


def beside(cursor: Any) -> list[tuple[str, str, str]]:
    """Name and table of every trigger that stands on another table; Kesu has none there, so no text is asked for."""
    cursor.execute(
        "SELECT t.tgname, c.relname, '' FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal"
        " AND c.relnamespace = current_schema()::regnamespace AND NOT starts_with(c.relname, 'ledger_') ORDER BY 1, 2"
    )
    return list(cursor.fetchall())


def make(cursor: Any) -> None:
    """Make all functions and triggers anew."""
    for name, source in _FUNCTIONS.items():
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $ledger${source}$ledger$"
        )
    for name, (table, event, level, function) in _triggers().items():
        cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        cursor.execute(
            f"CREATE TRIGGER {name} {event} ON {table} FOR EACH {level} EXECUTE FUNCTION {function}()"
        )
        cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def _bits(event: str, level: str) -> int:
    """The catalogue's `tgtype` of a trigger."""
    words = {"ROW": 1, "BEFORE": 2, "INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
    return sum(bit for word, bit in words.items() if word in f"{event} {level}".split())
