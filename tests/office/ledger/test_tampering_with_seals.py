"""The same for leaves and checkpoints: what was touched is named, and with it the entry that was sealed."""

from __future__ import annotations

import pytest
from tests.office.ledger.tampering import first, place, tamper

from kesu.ledger.models import Checkpoint, Leaf
from kesu.ledger.verify import verify

pytestmark = [pytest.mark.django_db, pytest.mark.tampers]

OTHER_BYTES = b'{"v":1}'
LEAF_4 = "WHERE organisation = 'lab' AND number = 4"  # the second entry of case/2
COLUMNS_OF_LEAF = {
    "organisation": ("lab-3", ("lab", "case/2", 2, "never to be sealed")),
    "number": (99, ("lab", "case/2", 2, "leaf place")),
    "file": ("case/9", ("lab", "case/2", 2, "never to be sealed")),
    "entry": (99, ("lab", "case/2", 2, "never to be sealed")),
    "digest": (bytes(32), ("lab", "case/2", 2, "sealed otherwise")),
}


def test_every_column_of_a_leaf_is_tried() -> None:
    assert set(COLUMNS_OF_LEAF) == {
        field.column for field in Leaf._meta.concrete_fields if field.name != "pk"
    }


@pytest.mark.parametrize("column", COLUMNS_OF_LEAF)
def test_a_changed_column_of_a_leaf_names_the_entry_it_sealed(ledger: None, column: str) -> None:
    value, expected = COLUMNS_OF_LEAF[column]
    tamper(f"UPDATE ledger_leaf SET {column} = %s {LEAF_4}", value)
    assert place(first()) == expected


def test_two_leaves_that_changed_places_are_found_by_the_first_root_over_them(ledger: None) -> None:
    for old, new in ((1, 99), (2, 1), (99, 2)):
        tamper("UPDATE ledger_leaf SET number = %s WHERE organisation = 'lab' AND number = %s", new, old)
    fault = first()
    assert (fault.organisation, fault.checkpoint, fault.what, fault.detail) == (
        "lab",
        1,
        "root",
        "leaves 1-6",
    )


COLUMNS_OF_CHECKPOINT = {
    "organisation": ("lab-3", ("lab", "checkpoint missing")),
    "number": (7, ("lab", "checkpoint missing")),
    "size": (5, ("lab", "checkpoint column")),
    "body": (OTHER_BYTES, ("lab", "checkpoint unreadable")),
    "signature": (bytes(64), ("lab", "signature")),
    "peaks": (bytes(64), ("lab", "checkpoint column")),
}


def test_every_column_of_a_checkpoint_is_tried() -> None:
    assert set(COLUMNS_OF_CHECKPOINT) == {
        f.column for f in Checkpoint._meta.concrete_fields if f.name != "pk"
    }


@pytest.mark.parametrize("column", COLUMNS_OF_CHECKPOINT)
def test_a_changed_column_of_a_checkpoint_is_named(ledger: None, column: str) -> None:
    value, (organisation, what) = COLUMNS_OF_CHECKPOINT[column]
    tamper(f"UPDATE ledger_checkpoint SET {column} = %s WHERE organisation = 'lab' AND number = 1", value)
    fault = first()
    assert (fault.organisation, fault.checkpoint, fault.what) == (organisation, 1, what)


@pytest.mark.parametrize("part", ["root", "time", "size"])
def test_a_checkpoint_rewritten_in_its_bytes_has_no_signature(ledger: None, part: str) -> None:
    old = {"root": b'"root":"', "time": b"2025-03-03T01", "size": b'"size":6'}[part]
    new = {"root": b'"root":"0', "time": b"2025-03-03T02", "size": b'"size":5'}[part]
    body = bytes(Checkpoint.objects.get(organisation="lab", number=1).body).replace(old, new)
    tamper("UPDATE ledger_checkpoint SET body = %s WHERE organisation = 'lab' AND number = 1", body)
    assert {f.what for f in verify().faults if f.checkpoint == 1} <= {
        "signature",
        "checkpoint column",
        "root",
    }
    assert first().checkpoint == 1


def test_the_end_of_a_file_cut_off_with_its_leaves_and_checkpoint_is_found(ledger: None) -> None:
    tamper("DELETE FROM ledger_entry WHERE organisation = 'lab' AND number = 3")
    tamper("DELETE FROM ledger_leaf WHERE organisation = 'lab' AND number > 6")
    fault = first()
    assert (fault.organisation, fault.checkpoint, fault.what) == ("lab", 2, "short")


def test_leaves_without_a_checkpoint_are_found(ledger: None) -> None:
    tamper("DELETE FROM ledger_checkpoint WHERE organisation = 'lab' AND number = 2")
    fault = first()
    assert place(fault) == ("lab", "case/1", 3, "leaf place")
    assert {f.what for f in verify().faults if f.leaf} == {"uncovered"}


def test_a_checkpoint_signed_by_another_key_is_named(
    ledger: None, settings: object, tmp_path: object
) -> None:
    settings.LEDGER_SIGNING_KEY = tmp_path / "another-key"  # type: ignore[attr-defined,operator]
    assert {f.what for f in verify().faults if f.checkpoint} == {"key"}
