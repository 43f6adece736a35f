"""Counting the statements of a connection, by verb and table."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

TABLE = re.compile(r'(?:FROM|INTO|UPDATE)\s+"?(\w+)', re.IGNORECASE)


@contextmanager
def counted(connection: Any, seen: Counter[str]) -> Iterator[None]:
    """Counts into `seen` every statement that this connection sends (PostgreSQL's BEGIN and COMMIT excepted)."""

    def listening(execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
        seen[kind_of(str(sql))] += 1
        return execute(sql, *rest)

    with connection.execute_wrapper(listening):
        yield


def kind_of(sql: str) -> str:
    """Such as `INSERT ledger_entry`."""
    table = TABLE.search(sql)
    return f"{sql.split(None, 1)[0].upper()} {table[1] if table else ''}".strip()
