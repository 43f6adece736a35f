"""One way in, at run time: writes to ledger and projection tables are refused outside `writing()`.

This catches the mistake of a programmer (a save() in a view, a bulk_update in a script) on every connection. What
somebody with the database in his hands does is the business of the triggers and of verification.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

_open: ContextVar[bool] = ContextVar("kesu_writing", default=False)
_tables: set[str] = set()
_pattern: re.Pattern[str] = re.compile(r"(?!)")


class NotThroughPerform(RuntimeError):
    """Something tried to write a guarded table without going through the one way in."""


def register_tables(*names: str) -> None:
    """Guard these tables (ledger or projections of it) from now on."""
    global _pattern
    _tables.update(names)
    listed = "|".join(re.escape(name) for name in sorted(_tables, key=len, reverse=True))
    gap = r"(?:\s|/\*.*?\*/|--[^\n]*\n)+"
    verbs = (
        rf"INSERT{gap}(?:OR{gap}\w+{gap})?INTO",
        rf"REPLACE{gap}INTO",
        rf"UPDATE(?:{gap}OR{gap}\w+)?(?:{gap}ONLY)?",
        rf"DELETE{gap}FROM(?:{gap}ONLY)?",
        rf"MERGE{gap}INTO(?:{gap}ONLY)?",
        "COPY",
        rf"TRUNCATE(?:{gap}TABLE)?(?:{gap}ONLY)?(?:[^;]*,)?",
    )
    _pattern = re.compile(
        rf'\b(?:{"|".join(verbs)})(?:{gap})?(?:"?\w+"?\.)?"?(?<!\w)({listed})(?!\w)',
        re.IGNORECASE | re.DOTALL,
    )
    _written.cache_clear()


def registered() -> frozenset[str]:
    """The names of all guarded tables."""
    return frozenset(_tables)


@contextmanager
def writing() -> Iterator[None]:
    """Open the one way in for the statements of this block, in this thread. May be nested."""
    token = _open.set(True)
    try:
        yield
    finally:
        _open.reset(token)


@lru_cache(maxsize=4096)
def _written(sql: str) -> str | None:
    written = _pattern.search(sql)
    return written.group(1) if written else None


def one_way(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Django's execute wrapper: lets reads pass, and writes to guarded tables only inside `writing()`.

    Raises NotThroughPerform.
    """
    if not _open.get():
        text = sql if isinstance(sql, str) else _as_text(sql, context)
        table = _written(text)
        if table is not None:
            raise NotThroughPerform(
                f"the table {table} is written outside perform: send a command to caseload.perform instead"
            )
    return execute(sql, params, many, context)


def _as_text(sql: Any, context: dict[str, Any]) -> str:
    """psycopg's composed statements know how to print themselves."""
    return str(sql.as_string(context["connection"].connection)) if hasattr(sql, "as_string") else str(sql)


def install(connection: Any, **_: Any) -> None:
    """Put the wrapper on a connection; receiver of `connection_created`, which comes again at each reconnect."""
    if one_way not in connection.execute_wrappers:
        # In front: Django's own context manager takes wrappers away from the end of the list.
        connection.execute_wrappers.insert(0, one_way)
