"""Verification reads entries in stretches: what is wrong is found in whichever stretch it stands, and across them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.office.ledger.tampering import first, place, tamper, without_triggers
from tests.office.ledger.writers import NINE, entry, write

from kesu.ledger.entry import commitment
from kesu.ledger.erase import ERASED_KIND
from kesu.ledger.seal import seal
from kesu.ledger.verify import verify
from kesu.ledger.verify_values import commitments_of

pytestmark = pytest.mark.django_db

LONG = 250  # entries; two stretches and a half


def told(file: str) -> None:
    """A file of which every second entry holds two personal values."""
    personal = {"personal": {"name": "李女士", "phone": "13800000000"}}
    write(file, *(entry(**personal) if number % 2 else entry() for number in range(1, LONG + 1)))


@pytest.fixture
def long_files(db: None) -> None:
    """Two sealed files, each longer than a stretch."""
    told("case/1")
    told("case/2")
    seal("lab", NINE)
    without_triggers()


def test_a_whole_ledger_of_long_files_is_counted_to_the_last_entry(db: None) -> None:
    told("case/1")
    told("case/2")
    seal("lab", NINE)
    report = verify()
    assert (report.entries, report.files, report.leaves, report.faults) == (2 * LONG, 2, 2 * LONG, ())


@pytest.mark.tampers
@pytest.mark.parametrize("number", [1, 99, 101, 199, 249])
@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("UPDATE ledger_personal_value SET value = %s", "value"),
        ("UPDATE ledger_personal_value SET salt = %s", "value"),
        ("DELETE FROM ledger_personal_value", "value missing"),
    ],
)
def test_a_value_that_is_not_as_promised_is_found_in_any_stretch(
    long_files: None, number: int, change: str, what: str
) -> None:
    where = f" WHERE organisation = 'lab' AND file = 'case/2' AND number = {number} AND word = 'phone'"
    tamper(change + where, *([b"other"] if "%s" in change else []))
    assert place(first()) == ("lab", "case/2", number, what)


@pytest.mark.tampers
@pytest.mark.parametrize("number", [2, 100, 250])
def test_a_value_that_nothing_promised_is_found_in_any_stretch(long_files: None, number: int) -> None:
    tamper(
        "INSERT INTO ledger_personal_value VALUES ('lab', 'case/1', %s, 'name', %s, %s)", number, b"x", b"y"
    )
    assert place(first()) == ("lab", "case/1", number, "value extra")


@pytest.mark.tampers
@pytest.mark.parametrize("number", [3, 149, 249])
def test_a_value_that_outlived_its_erasure_is_found_stretches_later(db: None, number: int) -> None:
    erased = entry(ERASED_KIND, facts={"values": [{"number": number, "word": "name"}]})
    told("case/1")
    write("case/1", *(entry() for _ in range(LONG)), erased, expected=LONG)
    seal("lab", NINE)
    without_triggers()
    assert place(first()) == ("lab", "case/1", number, "value kept")


@given(
    st.lists(st.tuples(st.text(max_size=150), st.binary(min_size=32, max_size=32) | st.binary(max_size=70)))
)
def test_commitments_of_many_values_are_those_of_each(values: list[tuple[str, bytes]]) -> None:
    """Whatever the lengths: a salt that somebody rewrote may have any."""
    rows = [("lab", "case/1", 1, "name", value.encode(), salt) for value, salt in values]
    assert commitments_of(rows) == [commitment(salt=salt, value=value) for value, salt in values]
