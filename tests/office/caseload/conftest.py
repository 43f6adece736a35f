"""Every test of caseload runs beside a second organisation with look-alike numbers and names; all rows equal their folds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kesu.caseload import books
from kesu.caseload.fold import folds
from kesu.people import cast as casts

from tests.office.caseload.office import Office


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """What was kept in memory belongs to a database that is gone."""
    _forget()
    yield
    _forget()


@pytest.fixture
def office(db: None) -> Iterator[Office]:
    """The organisation under test, beside another; afterwards every row is what the ledger says."""
    yield from _with_neighbour()


@pytest.fixture
def live_office(fresh_database: None) -> Iterator[Office]:
    """The same in a database of its own: commits are real, threads may be used."""
    yield from _with_neighbour()


def _with_neighbour() -> Iterator[Office]:
    from kesu.caseload.rebuilding import rebuild

    neighbour = Office("hengce-2")
    neighbour.accepted("2026-02-27 10:00")
    yield Office("hengce")
    assert rebuild(check=True) == []


def _forget() -> None:
    folds.forget()
    casts.forget()
    books.forget()
