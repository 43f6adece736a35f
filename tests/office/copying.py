"""Databases of a name of their own, empty or copied, in the place of the default one for as long as a test wants."""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, connections
from django.test import override_settings

_numbers = itertools.count(1)


@contextmanager
def copied(template: str, *, marks_too: bool = False) -> Iterator[None]:
    """The default database is a copy of `template` inside this block, without its marks unless they are asked for."""
    connections.close_all()
    name = new_database(template)
    if marks_too:
        shutil.copy(marks_of(template), marks_of(name))
    try:
        with using(name):
            yield
    finally:
        drop(name)


@contextmanager
def using(name: str) -> Iterator[None]:
    """The default database is the one of this name inside this block; it has marks of its own."""
    settings = connections.settings["default"]
    before = settings["NAME"]
    connections.close_all()
    settings["NAME"] = connection.settings_dict["NAME"] = name
    try:
        with override_settings(LEDGER_MARKS=marks_of(name)):
            yield
    finally:
        connections.close_all()
        settings["NAME"] = connection.settings_dict["NAME"] = before


def marks_of(name: str) -> Path:
    """Where the marks of a database stand."""
    return Path(os.environ["KESU_TEST_FOLDER"]) / f"marks-of-{Path(name).name}"


def new_database(template: str | None = None) -> str:
    """A database of a new name, empty or a copy."""
    base = connections.settings["default"]["TEST"]["NAME"]
    name = f"{base}_office_{os.environ.get('PYTEST_XDIST_WORKER', 'only')}_{next(_numbers)}"
    if connection.vendor == "sqlite":
        if template is not None:
            _copy_sqlite(template, name)
        return name
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
    return name


def drop(name: str) -> None:
    """Throws a database away."""
    if connection.vendor == "sqlite":
        for end in ("", "-wal", "-shm"):
            Path(name + end).unlink(missing_ok=True)
        return
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _copy_sqlite(template: str, name: str) -> None:
    """By SQLite's own backup: a copied file lacks what stands in the write-ahead log.

    The log is emptied when the last connection closes, but not every connection can be closed from here: while the
    browser's driver runs its loop in this thread, Django keeps another set of connections than before.
    """
    with closing(sqlite3.connect(template)) as source, closing(sqlite3.connect(name)) as target:
        source.backup(target)
