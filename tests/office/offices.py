"""Fixtures of the tests that need a whole office: two organisations side by side, and rows proved afterwards.

Founding and staffing an organisation takes a second, so it is done once; each test gets a copy of that database, in
which commits are real and threads may be used.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from django.core.management import call_command
from tests.office.caseload.office import Office
from tests.office.copying import copied, drop, new_database, using

from kesu.caseload.folded import books
from kesu.caseload.folded.fold import folds
from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.people import directory as directories
from kesu.procedure.written import library


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
        name = new_database()
        with using(name):
            forget()
            call_command("migrate", verbosity=0, interactive=False)
            Office("hengce-2").accepted("2026-02-27 10:00")
            office = Office("hengce")
            forget()
        yield name, office
        drop(name)


@pytest.fixture
def fresh_database(staffed: tuple[str, Office], django_db_blocker: Any) -> Iterator[None]:
    """A copy of the staffed database, thrown away afterwards."""
    with django_db_blocker.unblock(), copied(staffed[0]):
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
    directories.forget()
    books.forget()


@contextmanager
def empty_database(blocker: Any, *, migrated: bool = True) -> Iterator[None]:
    """A migrated database without an organisation (or one without a table), for tests that share what they load into it."""
    with blocker.unblock():
        name = new_database()
        with using(name):
            forget()
            if migrated:
                call_command("migrate", verbosity=0, interactive=False)
            yield
            forget()
        drop(name)
