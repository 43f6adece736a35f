"""Fixtures of the tests that need a whole office: two organisations side by side, and rows proved afterwards.

Founding and staffing an organisation takes a second, so it is done once; each test gets a copy of that database, in
which commits are real and threads may be used.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections
from tests.office.caseload.office import Office
from tests.office.copying import copy_sqlite

from kesu.caseload import books
from kesu.caseload.fold import folds
from kesu.caseload.rebuilding import rebuild
from kesu.people import cast as casts
from kesu.procedure import library

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def procedures_read_once() -> Iterator[None]:
    """The files of the test procedures do not change while the tests run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "_block", cache(library._block))
        yield


@pytest.fixture(scope="session")
def staffed(
    django_test_environment: None, django_db_blocker: Any, procedures_read_once: None
) -> Iterator[tuple[str, Office]]:
    """A database with two organisations, and the one under test; the other has look-alike numbers and names."""
    with django_db_blocker.unblock():
        name = _new()
        with _using(name):
            forget()
            call_command("migrate", verbosity=0, interactive=False)
            Office("hengce-2").accepted("2026-02-27 10:00")
            office = Office("hengce")
            forget()
        yield name, office
        _drop(name)


@pytest.fixture
def fresh_database(staffed: tuple[str, Office], django_db_blocker: Any) -> Iterator[None]:
    """A copy of the staffed database, thrown away afterwards."""
    with django_db_blocker.unblock(), _copied(staffed[0]):
        forget()
        yield
        forget()


@pytest.fixture
def office(staffed: tuple[str, Office], fresh_database: None) -> Iterator[Office]:
    """The organisation under test, beside another; afterwards every row is what the ledger says."""
    yield staffed[1].again()
    assert rebuild(check=True) == []


def forget() -> None:
    """What was kept in memory belongs to a database that is gone."""
    folds.forget()
    casts.forget()
    books.forget()


@contextmanager
def empty_database(blocker: Any) -> Iterator[None]:
    """A migrated database without an organisation, for tests that share what they load into it."""
    with blocker.unblock():
        name = _new()
        with _using(name):
            forget()
            call_command("migrate", verbosity=0, interactive=False)
            yield
            forget()
        _drop(name)


@contextmanager
def _copied(template: str) -> Iterator[None]:
    """The default database is a copy of `template` inside this block."""
    connections.close_all()
    name = _new(template)
    try:
        with _using(name):
            yield
    finally:
        _drop(name)


@contextmanager
def _using(name: str) -> Iterator[None]:
    settings = connections.settings["default"]
    before = settings["NAME"]
    connections.close_all()
    settings["NAME"] = connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        settings["NAME"] = connection.settings_dict["NAME"] = before


def _new(template: str | None = None) -> str:
    """A database of a new name, empty or a copy."""
    base = connections.settings["default"]["TEST"]["NAME"]
    name = f"{base}_office_{os.environ.get('PYTEST_XDIST_WORKER', 'only')}_{next(_numbers)}"
    if connection.vendor == "sqlite":
        if template is not None:
            copy_sqlite(template, name)
        return name
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
    return name


def _drop(name: str) -> None:
    if connection.vendor == "sqlite":
        for end in ("", "-wal", "-shm"):
            Path(name + end).unlink(missing_ok=True)
        return
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
