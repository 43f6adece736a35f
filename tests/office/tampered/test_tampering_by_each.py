"""Whatever the owner of the database, whoever holds an export, or whoever puts an old copy back does, somebody names it.

What nobody names stands in docs/explanation/ledger.md, and here as such. `make tamper` does all of it and counts.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.office.caseload.office import Office
from tests.office.tampered.copies import of_copies
from tests.office.tampered.home import Home, filled
from tests.office.tampered.suite import DIED, Outcome, counted, outcomes, outcomes_of_exports, share
from tests.office.tampered.tables import COLUMNS_THAT_PROVE_NOTHING, PROVE_NOTHING, columns, rows, tables
from tests.office.tampered.verifiers import named_by, taken_back
from tests.office.tampered.ways import of_the_database

pytestmark = pytest.mark.tampers


@pytest.fixture
def home(staffed: tuple[str, Office], fresh_database: None) -> Home:
    """A home of which nobody names anything."""
    made = filled(staffed[1].again())
    with taken_back():
        assert named_by(made.kept) == ""
    return made


def wrong(found: Sequence[Outcome]) -> list[str]:
    """Where somebody died of it, nobody named what has to be named, or somebody names what is said to be found by nobody."""
    return [
        f"{one.title}: {one.by or 'nobody'}"
        for one in found
        if one.by.startswith(DIED) or bool(one.by) < one.named
    ]


def test_what_the_owner_of_the_database_does_is_named(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    found = list(outcomes(share(of_the_database(), 80), home.kept))
    with capsys.disabled():
        print(f"\n{counted('owner of the database', found)}")
    assert not wrong(found), "\n".join(wrong(found))


def test_an_old_copy_is_named(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    found = list(outcomes(share(of_copies(home.copies), 30), home.kept))
    with capsys.disabled():
        print(f"\n{counted('old copy', found)}")
    assert not wrong(found), "\n".join(wrong(found))


def test_what_is_done_to_an_export_is_named(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    found = list(outcomes_of_exports(home.kept, 25))
    with capsys.disabled():
        print(f"\n{counted('holder of an export', found)}")
    assert not wrong(found), "\n".join(wrong(found))


def test_every_table_is_harmed_or_said_to_prove_nothing(home: Home) -> None:
    assert set(tables()) >= PROVE_NOTHING
    assert all(column in columns(table) for table, column in COLUMNS_THAT_PROVE_NOTHING)
    empty = {table for table in tables() if table not in PROVE_NOTHING and not rows(table)}
    assert empty == {
        "caseload_countedrow",
        "caseload_sightrow",
        "caseload_usedrow",
        "caseload_watchrow",
        "people_price",
        "people_site",
    }  # their kin are harmed: rows that follow from the ledger all go through one comparison
