"""What makes the pieces of texts quick to find: a full-text table on SQLite, an index over lists on PostgreSQL.

Neither can do Chinese by itself, and both find whole words, so the words that they are given are the pieces (`reading.grams`).
On SQLite triggers keep the table in step with the rows, whoever writes them; they are made after every migration, since
changing a column there drops them without a word.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import DatabaseError, connection, connections, models

from kesu.ledger.triggers import expect_triggers

TABLE: Final = "caseload_searchrow"
WORDS: Final = "caseload_search_words"
_LISTED: Final = f"CREATE INDEX IF NOT EXISTS {WORDS} ON {TABLE} USING gin (string_to_array(grams, ' '))"
_MADE: Final = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {WORDS} USING fts5"
    f"(grams, content='{TABLE}', content_rowid='id', detail=none, tokenize=\"unicode61 remove_diacritics 0\")"
)
_IN: Final = f"INSERT INTO {WORDS} (rowid, grams) VALUES (NEW.id, NEW.grams);"
_OUT: Final = f"INSERT INTO {WORDS} ({WORDS}, rowid, grams) VALUES ('delete', OLD.id, OLD.grams);"
TRIGGERS: Final = {
    f"{WORDS}_in": f"CREATE TRIGGER {WORDS}_in AFTER INSERT ON {TABLE} BEGIN {_IN} END",
    f"{WORDS}_out": f"CREATE TRIGGER {WORDS}_out AFTER DELETE ON {TABLE} BEGIN {_OUT} END",
    f"{WORDS}_anew": f"CREATE TRIGGER {WORDS}_anew AFTER UPDATE OF id, grams ON {TABLE} BEGIN {_OUT} {_IN} END",
}
expect_triggers(TRIGGERS)
READ_ONLY: Final = ("SQLITE_READONLY", "25006")  # what SQLite and PostgreSQL call it


class Pieces(models.TextField):  # type: ignore[type-arg]
    """Pieces of a text with spaces between, in which `holds` finds those rows that have them all."""


@Pieces.register_lookup
class Holds(models.Lookup):
    """`grams__holds=["检测", "测结"]`: the rows that have all of these pieces, by the index."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        """By the full-text table."""
        lhs, params = self.process_lhs(compiler, connection)
        place = lhs.replace('"grams"', '"id"')
        asked = " AND ".join(f'"{piece}"' for piece in self.rhs)
        return f"{place} IN (SELECT rowid FROM {WORDS} WHERE {WORDS} MATCH %s)", [*params, asked]

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        """By the index over the list of pieces."""
        lhs, params = self.process_lhs(compiler, connection)
        return f"string_to_array({lhs}, ' ') @> %s::text[]", [*params, list(self.rhs)]


def make_index(*, using: str = "default", **_: Any) -> None:
    """Receiver of `post_migrate`: makes what is not there; on SQLite also the triggers, and the table anew if it was not."""
    database = connections[using]
    if TABLE not in database.introspection.table_names():
        return
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute(_LISTED)
            return
        there = WORDS in database.introspection.table_names(cursor)
        cursor.execute(_MADE)
        for name, text in TRIGGERS.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(text)
        if not there:
            remake(database)


def remake(database: Any = connection) -> None:
    """Makes the full-text table anew from the rows; PostgreSQL keeps its index by itself."""
    if database.vendor == "sqlite":
        with database.cursor() as cursor:
            cursor.execute(f"INSERT INTO {WORDS} ({WORDS}) VALUES ('rebuild')")


def out_of_step() -> str | None:
    """Why the full-text table does not agree with the rows; None while it does, and where nothing can be written.

    The question is a statement that writes: of a database that can only be read the rows alone are compared.
    """
    if connection.vendor != "sqlite":
        return None
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {WORDS} ({WORDS}, rank) VALUES ('integrity-check', 1)")
    except DatabaseError as broken:
        if only_read(broken):
            return None
        return f"{type(broken).__name__}: {broken}"[:200]
    return None


def only_read(error: DatabaseError) -> bool:
    """Whether a statement failed because this database can only be read."""
    cause = error.__cause__
    return getattr(cause, "sqlite_errorname", getattr(cause, "sqlstate", None)) in READ_ONLY
