"""A SQLite database as one file, while others write to it: SQLite's own backup, which sees it at one moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from kesu.upkeep.home import DATABASE
from kesu.upkeep.refused import Refused


def copy_out(folder: Path) -> None:
    """Copies the database into a folder; nobody waits for it. Raises Refused where pages of it are damaged."""
    connection.ensure_connection()
    copy = folder / DATABASE
    with closing(sqlite3.connect(copy)) as target:
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
        wrong = [str(row[0]) for row in target.execute("PRAGMA quick_check(1)")]
    if wrong != ["ok"]:
        raise Refused(
            zh=f"数据库已损坏（{wrong[0]}），没有备份。请保留以前的备份，用 kesu restore 恢复最近完好的一份",
            en=f"the database is damaged ({wrong[0]}); nothing was backed up. Keep the backups that you have, and put the"
            " last sound one back with kesu restore",
        )


@contextmanager
def reading(copy: Path) -> Iterator[sqlite3.Connection]:
    """A copy, to be read."""
    with closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)) as opened:
        yield opened


def rows(opened: sqlite3.Connection, sql: str) -> list[tuple[Any, ...]]:
    """What a query finds in it."""
    return list(opened.execute(sql))
