"""Received and registered is one act: both entries or neither, under one key, with one answer."""

from __future__ import annotations

from typing import Any

import pytest
from tests.office.caseload.office import LIBRARY, Office, at

from kesu.caseload.acting.answers import Done, KeyTaken, Refused
from kesu.caseload.models import BarredRow, CaseRow, CountedRow
from kesu.casework.deciding.command import Command
from kesu.ledger.models import Entry
from kesu.ledger.read import entries_of
from kesu.people.directory import directory_of
from kesu.registry.editions import put_in_force

NOW = "2026-03-02 09:00"


@pytest.fixture
def orders(office: Office) -> Office:
    """The office with a procedure by which an order number is registered once."""
    answer = put_in_force(
        "office-order",
        library=LIBRARY,
        organisation="hengce",
        person=office.persons["admin"],
        now=at("2026-01-05 09:00"),
        since=at("2026-01-05 09:00"),
        key="orders",
    )
    assert isinstance(answer, Done), answer.sentences("en")
    return office


def register(office: Office, order: str | None, *, key: str | None = None, **more: Any) -> Any:
    """Zhou takes a complaint in on one page, with the number of the order."""
    facts = {} if order is None else {"order number": order}
    then = Command(
        step="registered",
        by=office.persons["zhou"],
        post=more.pop("post", "customer service specialist"),
        facts={**facts, **more},
    )
    said = {"matter": "complaint", "channel": "phone", "complainant": "李女士", "account": "少了两箱"}
    return office.attempt("received", "zhou", NOW, procedure="office-order", facts=said, then=then, key=key)


def test_both_entries_stand_in_the_ledger_under_the_key_of_the_first(orders: Office) -> None:
    done = register(orders, "D-1", key="once")
    assert isinstance(done, Done)
    entries = entries_of("hengce", done.file)
    assert [(one.number, one.kind, one.key, one.by, one.facts.get("order number")) for one in entries] == [
        (1, "received", "once", "p-zhou", None),
        (2, "registered", None, "p-zhou", "D-1"),
    ]
    assert {one.noted for one in entries} == {at(NOW)}
    row = CaseRow.objects.get(file=done.file)
    assert (done.number, done.label, row.state, row.number) == (1, row.label, "registered", 2)


def test_the_post_of_each_stands_beside_its_entry(orders: Office) -> None:
    seat = directory_of("hengce").seat("p-zhou", "customer service specialist", None, at(NOW))
    assert seat is not None
    entries = entries_of("hengce", register(orders, "D-1").file)
    assert [one.facts["standing"] for one in entries] == [seat.source, seat.source]


def test_the_same_form_sent_again_is_answered_alike(orders: Office) -> None:
    first = register(orders, "D-1", key="once")
    again = register(orders, "D-1", key="once")
    assert again == Done(first.file, 1, first.label, again=True)
    assert CaseRow.objects.filter(procedure="office-order").count() == 1


def test_the_key_answers_for_both_steps(orders: Office) -> None:
    register(orders, "D-1", key="once")
    with pytest.raises(KeyTaken):
        register(orders, "D-2", key="once")


def test_a_registration_that_is_refused_leaves_no_receipt(orders: Office) -> None:
    before = Entry.objects.count()
    answer = register(orders, "D-1", team=["p-nobody"])
    assert isinstance(answer, Refused)
    assert (answer.file, answer.sentences("en")) == (None, ["“p-nobody” is no person of this organisation"])
    assert Entry.objects.count() == before
    assert not CaseRow.objects.filter(procedure="office-order").exists()
    assert [(row.step, row.file) for row in BarredRow.objects.all()] == [("registered", "")]


def test_a_post_that_is_held_for_the_receipt_alone_does_not_help(orders: Office) -> None:
    answer = register(orders, "D-1", post="quality manager")
    assert isinstance(answer, Refused)
    assert not CaseRow.objects.filter(procedure="office-order").exists()


def test_its_number_goes_to_the_next_one(orders: Office) -> None:
    first = register(orders, "D-1")
    assert isinstance(register(orders, "D-1"), Refused)
    second = register(orders, "D-2")
    assert (first.label, second.label) == ("OFFICE-ORDER-2026-0001", "OFFICE-ORDER-2026-0002")


def test_nothing_of_it_is_counted_anywhere(orders: Office) -> None:
    register(orders, "D-1")
    assert isinstance(register(orders, "D-1"), Refused)
    assert not CountedRow.objects.filter(organisation="hengce").exists()
    assert CaseRow.objects.filter(procedure="office-order").count() == 1
