"""Tests of pages: Django's client, parsed HTML, a copy of a staffed laboratory for each test, and a clock to set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from django.core.management import call_command
from tests.office.conftest import database, ledger_verifies, pytest_generate_tests
from tests.office.copying import copied, drop, new_database, using
from tests.office.offices import forget
from tests.pages.desk import Desk
from tests.pages.house import House, at, found_houses

from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.people import guessing
from kesu.site import translations

__all__ = ["database", "ledger_verifies", "pytest_generate_tests"]


@contextmanager
def database_with(found: Callable[[], object], django_db_blocker: Any) -> Iterator[str]:
    """A database with the houses that are founded there, without cases; dropped afterwards."""
    translations.compiled()
    with django_db_blocker.unblock():
        name = new_database()
        with using(name):
            forget()
            call_command("migrate", verbosity=0, interactive=False)
            found()
            forget()
        yield name
        drop(name)


@contextmanager
def copy_of(name: str, django_db_blocker: Any) -> Iterator[None]:
    """A copy of a database, thrown away afterwards."""
    with django_db_blocker.unblock(), copied(name):
        forget()
        yield
        forget()


@pytest.fixture(scope="session")
def laboratory(django_test_environment: None, django_db_blocker: Any) -> Iterator[str]:
    """A database with both laboratories, staffed and without cases."""
    with database_with(found_houses, django_db_blocker) as name:
        yield name


@pytest.fixture
def fresh_database(laboratory: str, django_db_blocker: Any) -> Iterator[None]:
    """A copy of it, thrown away afterwards."""
    with copy_of(laboratory, django_db_blocker):
        yield


@pytest.fixture
def paused(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses after wrong passwords and codes that were made, without waiting for them."""
    made: list[float] = []
    monkeypatch.setattr(guessing, "sleep", made.append)
    return made


@pytest.fixture
def house(fresh_database: None) -> Iterator[House]:
    """The laboratory under test, beside its look-alike; afterwards every row is what the ledger says."""
    yield House()
    assert rebuild(check=True) == []


class Clock:
    """The moment at which pages are asked for."""

    def __init__(self) -> None:
        self.now = at("2026-03-09 10:20")

    def set(self, text: str) -> datetime:
        """Another moment, local time in China."""
        self.now = at(text)
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Monday, 9 March 2026, 10:20."""
    made = Clock()
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.now)
    return made


@pytest.fixture
def desk(house: House, clock: Clock) -> Desk:
    """Pages of the laboratory, to be looked at as one person or another."""
    return Desk(house)
