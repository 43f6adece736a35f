"""Somebody with the database in his hands and the triggers out of the way: verification names what he touched."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.office.ledger.tampering import first, place, tamper, without_triggers
from tests.office.ledger.writers import NINE, entry, write

from kesu.ledger.entry import digest_of
from kesu.ledger.models import Entry
from kesu.ledger.seal import seal
from kesu.ledger.verify import verify

pytestmark = [pytest.mark.django_db, pytest.mark.tampers]


OF_CASE_2 = "WHERE organisation = 'lab' AND file = 'case/2' AND number = 2"
OTHER_BYTES = b'{"v":1}'
COLUMNS_OF_ENTRY = {
    "organisation": ("lab-3", ("lab", "case/2", 2, "missing")),
    "file": ("case/9", ("lab", "case/2", 2, "missing")),
    "number": (99, ("lab", "case/2", 2, "missing")),
    "kind": ("upheld", ("lab", "case/2", 2, "column")),
    "person": ("wang", ("lab", "case/2", 2, "column")),
    "key": ("k-new", ("lab", "case/2", 2, "column")),
    "digest": (bytes(32), ("lab", "case/2", 2, "sealed otherwise")),
    "body": (OTHER_BYTES, ("lab", "case/2", 2, "digest")),
    "mac": (bytes(32), ("lab", "case/2", 2, "mac")),
}


def test_every_column_of_an_entry_is_tried() -> None:
    assert set(COLUMNS_OF_ENTRY) == {
        field.column for field in Entry._meta.concrete_fields if field.name != "pk"
    }


@pytest.mark.parametrize("column", COLUMNS_OF_ENTRY)
def test_a_changed_column_of_an_entry_is_named(ledger: None, column: str) -> None:
    value, expected = COLUMNS_OF_ENTRY[column]
    tamper(f"UPDATE ledger_entry SET {column} = %s {OF_CASE_2}", value)
    assert place(first()) == expected


@pytest.mark.parametrize("sealed", ["sealed", "unsealed"])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_fact_that_was_rewritten_in_the_bytes_is_named(db: None, sealed: str, number: int) -> None:
    write("case/1", *[entry(facts={"amount": 100})] * 3)
    if sealed == "sealed":
        seal("lab", NINE)
    without_triggers()
    body = bytes(Entry.objects.get(number=number).body).replace(b'"amount":100', b'"amount":900')
    tamper("UPDATE ledger_entry SET body = %s WHERE number = %s", body, number)
    assert place(first()) == ("lab", "case/1", number, "digest")


@pytest.mark.parametrize("number", [1, 2, 3])
def test_bytes_rewritten_with_their_digest_are_named_by_leaf_or_code(db: None, number: int) -> None:
    write("case/1", *[entry(facts={"amount": 100})] * 3)
    seal("lab", NINE)
    without_triggers()
    body = bytes(Entry.objects.get(number=number).body).replace(b'"amount":100', b'"amount":900')
    change = "UPDATE ledger_entry SET body = %s, digest = %s WHERE number = %s"
    tamper(change, body, digest_of(body), number)
    assert place(first()) == ("lab", "case/1", number, "sealed otherwise")
    tamper("UPDATE ledger_leaf SET digest = %s WHERE entry = %s", digest_of(body), number)
    assert (first().what, first().number) == ("mac", number)
    assert "root" in {fault.what for fault in verify().faults}


def test_an_unsealed_entry_that_others_follow_cannot_be_rewritten_with_its_digest(db: None) -> None:
    write("case/1", *[entry(facts={"amount": 100})] * 3)
    without_triggers()
    body = bytes(Entry.objects.get(number=2).body).replace(b'"amount":100', b'"amount":900')
    tamper("UPDATE ledger_entry SET body = %s, digest = %s WHERE number = 2", body, digest_of(body))
    assert place(first()) == ("lab", "case/1", 2, "mac")


STRANGE: dict[str, Callable[[bytes], bytes]] = {
    "no JSON": lambda body: b"\xff\x00",
    "a list": lambda body: b"[]",
    "nothing": lambda body: b"",
    "an empty object": lambda body: b"{}",
    "a later version": lambda body: body.replace(b'"v":1}', b'"v":99}'),
    "commitments that are a list": lambda body: body.replace(b'"commitments":{}', b'"commitments":["a"]'),
    "facts that are a number": lambda body: body.replace(b'"facts":{"values":[]}', b'"facts":3'),
    "a moment that is none": lambda body: body.replace(b'"noted":"2025', b'"noted":"x'),
}


@pytest.mark.parametrize("strange", STRANGE)
@pytest.mark.parametrize("sealed", ["sealed", "unsealed"])
def test_strange_bytes_are_a_fault_and_never_a_stack_trace(db: None, strange: str, sealed: str) -> None:
    write("case/1", entry("erased", facts={"values": []}))
    if sealed == "sealed":
        seal("lab", NINE)
    without_triggers()
    body = STRANGE[strange](bytes(Entry.objects.get().body))
    tamper("UPDATE ledger_entry SET body = %s, digest = %s", body, digest_of(body))
    tamper("UPDATE ledger_leaf SET digest = %s", digest_of(body))
    found = [fault.what for fault in verify().faults if fault.what != "trigger"]
    assert set(found) <= {"unreadable", "column", "mac", "root"}
    assert found


ACTS: dict[str, tuple[list[str], tuple[object, ...]]] = {
    "an entry deleted in the middle": (
        ["DELETE FROM ledger_entry WHERE organisation = 'lab' AND file = 'case/2' AND number = 2"],
        ("lab", "case/2", 2, "missing"),
    ),
    "the last entry of a file deleted": (
        ["DELETE FROM ledger_entry WHERE organisation = 'lab' AND file = 'case/3' AND number = 3"],
        ("lab", "case/3", 3, "missing"),
    ),
    "the very last entry deleted": (
        ["DELETE FROM ledger_entry WHERE organisation = 'lab-2' AND file = 'case/3' AND number = 3"],
        ("lab-2", "case/3", 3, "missing"),
    ),
    "a whole file deleted": (
        [
            f"DELETE FROM ledger_{table} WHERE organisation = 'lab' AND file = 'case/2'"
            for table in ("entry", "personal_value")
        ],
        ("lab", "case/2", 1, "missing"),
    ),
    "a whole organisation deleted": (
        [f"DELETE FROM ledger_{table} WHERE organisation = 'lab'" for table in ("entry", "personal_value")],
        ("lab", "case/1", 1, "missing"),
    ),
    "two entries swapped": (
        [
            f"UPDATE ledger_entry SET number = {new} WHERE organisation = 'lab' AND file = 'case/2' AND number = {old}"
            for old, new in ((2, 99), (3, 2), (99, 3))
        ],
        ("lab", "case/2", 2, "sealed otherwise"),
    ),
    "an entry inserted at the end": (
        [
            (
                "INSERT INTO ledger_entry (organisation, file, number, kind, person, key, digest, body) SELECT"
                " organisation, file, 4, kind, person, NULL, digest, body FROM ledger_entry"
                " WHERE organisation = 'lab' AND file = 'case/2' AND number = 3"
            )
        ],
        ("lab", "case/2", 4, "never to be sealed"),
    ),
    "an entry inserted before the first": (
        [
            (
                "INSERT INTO ledger_entry (organisation, file, number, kind, person, key, digest, body) SELECT"
                " organisation, file, 0, kind, person, NULL, digest, body FROM ledger_entry"
                " WHERE organisation = 'lab' AND file = 'case/2' AND number = 3"
            )
        ],
        ("lab", "case/2", 0, "never to be sealed"),
    ),
    "an entry moved to another file": (
        [
            "DELETE FROM ledger_entry WHERE organisation = 'lab' AND file = 'case/3' AND number = 2",
            (
                "UPDATE ledger_entry SET file = 'case/3'"
                " WHERE organisation = 'lab' AND file = 'case/1' AND number = 2"
            ),
        ],
        ("lab", "case/1", 2, "missing"),
    ),
    "an entry moved to another organisation": (
        [
            "DELETE FROM ledger_entry WHERE organisation = 'lab-2' AND file = 'case/2' AND number = 2",
            (
                "UPDATE ledger_entry SET organisation = 'lab-2'"
                " WHERE organisation = 'lab' AND file = 'case/2' AND number = 2"
            ),
        ],
        ("lab", "case/2", 2, "missing"),
    ),
    "a personal value rewritten": (
        ["UPDATE ledger_personal_value SET value = salt WHERE organisation = 'lab' AND file = 'case/2'"],
        ("lab", "case/2", 1, "value"),
    ),
    "a salt rewritten": (
        ["UPDATE ledger_personal_value SET salt = value WHERE organisation = 'lab' AND file = 'case/2'"],
        ("lab", "case/2", 1, "value"),
    ),
    "a personal value deleted without a record of it": (
        ["DELETE FROM ledger_personal_value WHERE organisation = 'lab' AND file = 'case/2'"],
        ("lab", "case/2", 1, "value missing"),
    ),
    "a personal value moved to another entry": (
        ["UPDATE ledger_personal_value SET number = 3 WHERE organisation = 'lab' AND file = 'case/2'"],
        ("lab", "case/2", 1, "value missing"),
    ),
    "a personal value added to one that was promised": (
        [
            (
                "INSERT INTO ledger_personal_value (organisation, file, number, word, value, salt) SELECT"
                " organisation, file, number, 'phone', value, salt FROM ledger_personal_value"
                " WHERE organisation = 'lab' AND file = 'case/2'"
            )
        ],
        ("lab", "case/2", 1, "value extra"),
    ),
    "a personal value added": (
        [
            (
                "INSERT INTO ledger_personal_value (organisation, file, number, word, value, salt) SELECT"
                " organisation, file, 2, word, value, salt FROM ledger_personal_value"
                " WHERE organisation = 'lab' AND file = 'case/2'"
            )
        ],
        ("lab", "case/2", 2, "value extra"),
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_what_was_done_to_the_entries_is_named(ledger: None, act: str) -> None:
    statements, expected = ACTS[act]
    for statement in statements:
        tamper(statement)
    assert place(first()) == expected


def test_an_unsealed_end_that_was_cut_off_is_found(db: None) -> None:
    write("case/1", entry(), entry())
    without_triggers()
    tamper("DELETE FROM ledger_entry WHERE number = 2")
    assert place(first()) == ("lab", "case/1", 2, "missing")


def test_one_organisation_can_be_verified_alone(ledger: None) -> None:
    tamper("UPDATE ledger_entry SET kind = 'upheld' WHERE organisation = 'lab-2'")
    assert [f.what for f in verify("lab").faults if f.what != "trigger"] == []
    assert place(verify("lab-2").faults[0]) == ("lab-2", "case/1", 1, "column")
    assert (verify("lab").entries, verify("lab").files, verify("lab").leaves, verify("lab").checkpoints) == (
        9,
        3,
        9,
        2,
    )


def test_every_fault_is_said_in_both_languages(ledger: None) -> None:
    tamper(f"UPDATE ledger_entry SET kind = 'upheld' {OF_CASE_2}")
    fault = first()
    assert fault.sentence("zh") == "机构 lab，卷宗 case/2 第 2 条：列“kind”与记录的字节不符"
    assert (
        fault.sentence("en")
        == 'organisation lab, file case/2, entry 2: the column "kind" differs from the bytes'
    )


def test_no_more_than_a_hundred_faults_are_kept_but_all_are_counted(db: None) -> None:
    write("case/1", *[entry()] * 150)
    without_triggers()
    tamper("UPDATE ledger_entry SET kind = 'upheld'")
    report = verify()
    assert (len(report.faults), report.fault_count) == (100, 150 + triggers_missing())


def triggers_missing() -> int:
    from kesu.ledger.triggers import check_triggers

    return len(check_triggers())
