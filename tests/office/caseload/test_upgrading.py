"""A newer version over the tables of an older one: the rows are made from the ledger again, before anything is served."""

from __future__ import annotations

from tests.office.caseload.office import Office

from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.upkeep.upgrading import bring_up_to_date, waiting


def test_tables_that_are_of_this_version_are_left_as_they_are(office: Office) -> None:
    office.accepted()
    assert (waiting(), bring_up_to_date(), rebuild(check=True)) == (0, False, [])
