"""Copying an SQLite database with everything that was committed, whoever else still holds it open."""

from __future__ import annotations

import sqlite3
from contextlib import closing


def copy_sqlite(template: str, name: str) -> None:
    """By SQLite's own backup: a copied file lacks what stands in the write-ahead log.

    The log is emptied when the last connection closes, but not every connection can be closed from here: while the
    browser's driver runs its loop in this thread, Django keeps another set of connections than before.
    """
    with closing(sqlite3.connect(template)) as source, closing(sqlite3.connect(name)) as target:
        source.backup(target)
