"""A ledger to tamper with."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.office.ledger.tampering import without_triggers
from tests.office.ledger.writers import NINE, entry, write

from kesu.ledger.seal import seal
from kesu.ledger.verify import verify


@pytest.fixture
def ledger(db: None) -> None:
    """Two organisations with look-alike files: case/1 to case/3 of three entries each, sealed twice, no triggers."""
    for organisation in ("lab", "lab-2"):
        for file in ("case/1", "case/2", "case/3"):
            values = {"personal": {"name": f"{organisation} {file}"}, "key": f"k-{file}"}
            write(file, entry("received", **values), entry("noted"), organisation=organisation)
        seal(organisation, NINE)
        for file in ("case/1", "case/2", "case/3"):
            write(file, entry("closed"), expected=2, organisation=organisation)
        seal(organisation, NINE + timedelta(minutes=1))
    assert verify().faults == ()
    without_triggers()
