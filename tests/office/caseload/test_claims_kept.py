"""What acts claim of their persons is held against the registers, whatever the tables said when the act was taken."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from unittest.mock import patch

import pytest
from tests.office.caseload.office import Office, at, key
from tests.office.ledger.tampering import tamper

from kesu.caseload.acting.answers import Done
from kesu.caseload.rebuilding.claims import claims
from kesu.cli import main as front
from kesu.people.directory import forget
from kesu.registry import erasure
from kesu.registry.erasure import erase

NOON = at("2026-03-02 12:00")


@pytest.fixture
def harmed(staffed: tuple[str, Office], fresh_database: None) -> Office:
    """The organisation under test."""
    return staffed[1].again()


def borrowed(office: Office, name: str, post: str, *, number: int = 77) -> Callable[[], None]:
    """A row by which somebody holds a post that nobody gave him; called again, it is gone."""
    tamper(
        "INSERT INTO people_holding (organisation, file, post, number, person, unit, since) VALUES"
        " (%s, %s, %s, %s, %s, 'main', %s)",
        *("hengce", f"post/{post}", post, number, office.persons[name], at("2026-01-05 09:00")),
    )
    _another_revision()

    def back() -> None:
        tamper("DELETE FROM people_holding WHERE organisation = 'hengce' AND number = %s", number)
        _another_revision()

    return back


def _another_revision() -> None:
    tamper("UPDATE people_revision SET number = number + 1 WHERE organisation = 'hengce'")
    forget()


def named() -> list[tuple[str, str | None, int | None, str]]:
    return [
        (fault.what, fault.file and fault.file.partition("/")[0], fault.number, fault.detail)
        for fault in claims(None)
    ]


@pytest.mark.tampers
def test_an_act_in_a_post_that_was_put_into_the_tables_is_named_after_the_row_is_gone(
    harmed: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    file = harmed.receive("2026-03-02 09:00").file
    back = borrowed(harmed, "lin", "quality manager")
    harmed.do("accepted", "lin", "2026-03-02 10:00", file=file, post="quality manager", facts={"ours": "yes"})
    back()
    assert named() == [("post not held", "case", 2, "quality manager, post/quality manager#77")]
    for lang, words in (
        ("zh", "以此岗位办理（quality manager, post/quality manager#77），而登记册中此人那时并不任此岗位"),
        ("en", "it was taken in a post that by the registers its person did not hold then (quality manager,"),
    ):
        for command in (["verify"], ["rebuild", "--check"]):
            assert front.main([*command, "--lang", lang]) == 1
            assert words in capsys.readouterr().out
    assert front.main(["verify", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["first"]["what"] == "post not held"


@pytest.mark.tampers
def test_an_entry_of_the_register_that_gave_the_post_to_another_is_no_ground(harmed: Office) -> None:
    file = harmed.receive("2026-03-02 09:00").file
    tamper("UPDATE people_holding SET person = %s WHERE person = %s", "p-lin", "p-gu")
    _another_revision()
    harmed.do("accepted", "lin", "2026-03-02 10:00", file=file, post="quality manager", facts={"ours": "yes"})
    assert named() == [("post not held", "case", 2, "quality manager, post/quality manager#1")]


@pytest.mark.tampers
def test_a_post_that_had_been_left_is_no_ground(harmed: Office) -> None:
    file = harmed.receive("2026-03-02 09:00").file
    left = {"entry": 1, "until": at("2026-03-02 09:10")}
    harmed.note("post/quality manager", "post left", left, now=at("2026-03-02 09:05"))
    tamper("UPDATE people_holding SET until = NULL WHERE post = 'quality manager'")
    _another_revision()
    harmed.do("accepted", "gu", "2026-03-02 10:00", file=file, facts={"ours": "yes"})
    assert named() == [("post not held", "case", 2, "quality manager, post/quality manager#1")]


@pytest.mark.tampers
def test_a_person_who_had_left_holds_nothing(harmed: Office) -> None:
    file = harmed.receive("2026-03-02 09:00").file
    harmed.note("person/p-gu", "left", {}, now=at("2026-03-02 09:05"))
    tamper("UPDATE people_person SET left = NULL WHERE person = 'p-gu'".replace("left =", '"left" ='))
    _another_revision()
    harmed.do("accepted", "gu", "2026-03-02 10:00", file=file, facts={"ours": "yes"})
    assert [what for what, *_ in named()] == ["post not held"]


@pytest.mark.tampers
def test_whoever_made_himself_administrator_in_the_tables_is_named_by_what_he_entered(harmed: Office) -> None:
    back = borrowed(harmed, "lin", "administrator")
    given = {"person": "p-shen", "unit": "chemistry", "from": NOON}
    harmed.note("post/quality manager", "post taken", given, now=NOON, by="lin")
    back()
    assert named() == [("not theirs", "post", 2, "administrator")]


@pytest.mark.tampers
def test_an_erasure_by_somebody_who_was_no_privacy_officer_is_named(harmed: Office) -> None:
    file = harmed.accepted("2026-03-02 09:00").file
    back = borrowed(harmed, "lin", "privacy officer")
    erased(file, "lin", NOON)
    back()
    assert named() == [("not theirs", "case", 3, "privacy officer")]


@pytest.mark.tampers
def test_an_erasure_while_the_case_runs_is_named(harmed: Office) -> None:
    file = harmed.accepted("2026-03-02 09:00").file
    erased(file, "yin", NOON)
    assert named() == [("erased early", "case", 3, "")]


def erased(file: str, name: str, now: datetime) -> None:
    """An erasure that nothing holds back, as by a Kesu that somebody changed."""
    with patch.object(erasure, "_kept", lambda *_: None):
        answer = erase(
            file, [(1, "complainant")], ground="个人信息保护法第四十七条", organisation="hengce", person=f"p-{name}", now=now, key=key()
        )  # fmt: skip
    assert isinstance(answer, Done), answer.sentences("en")


def test_what_the_registers_learn_later_is_held_against_nobody(harmed: Office) -> None:
    """A post that is ended for a day in the past, by an entry after the act; a stand-in; an act noted for another."""
    file = harmed.receive("2026-03-02 09:00").file
    facts = {
        "person": "p-ren",
        "behalf": "p-gu",
        "from": at("2026-03-02 09:30"),
        "until": at("2026-03-02 11:00"),
    }
    harmed.note("post/quality manager", "stand-in named", facts, now=at("2026-03-02 09:10"))
    harmed.do(
        "accepted", "ren", "2026-03-02 10:00", file=file, post="quality manager", behalf="p-gu", facts={"ours": "yes"}
    )  # fmt: skip
    noted_for = {"post": "technical manager", "medium": "phone", "happened": "2026-03-02 10:30"}
    harmed.do("investigated", "gu", "2026-03-02 12:00", file=file, actor="shen", **noted_for)
    left = {"entry": 1, "until": at("2026-03-02 10:00")}
    harmed.note("post/technical manager", "post left", left, now=at("2026-03-03 09:00"))
    assert claims("hengce") == []


def test_an_organisation_that_does_not_exist_claims_nothing(harmed: Office) -> None:
    assert claims("nobody") == []
