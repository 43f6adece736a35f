"""A signature is enforced in the one way in: who signs gave his password a moment ago, for this step, in his own sign-in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.office.caseload.linked import enforce
from tests.office.caseload.office import Office, at

from kesu.caseload.acting.answers import Done, Refused
from kesu.caseload.acting.perform import perform
from kesu.casework.deciding.command import Command, Signature
from kesu.ledger.read import entries_of

NOW = at("2026-03-03 09:00")


@pytest.fixture
def file(office: Office) -> str:
    """A case that two persons have to check together."""
    enforce(office, "office-paths")
    file = office.do(
        "received", "zhou", "2026-03-02 09:00", procedure="office-paths", facts={"account": "结果不对"}
    ).file
    office.do("accepted", "gu", "2026-03-02 10:00", file=file, facts={"ours": "yes"})
    return file


def checked(
    office: Office, file: str, *, signed: Signature | None, key: str = "k", **more: object
) -> Done | Refused:
    command = Command("data checked", office.persons["gu"], "quality manager", signed=signed, **more)  # type: ignore[arg-type]
    answer = perform(command, organisation="hengce", person=office.persons["gu"], now=NOW, key=key, file=file)
    assert isinstance(answer, Done | Refused)
    return answer


def mine(office: Office, **other: object) -> Signature:
    said = {"by": office.persons["gu"], "step": "data checked", "seen_up_to": 2, "confirmed": NOW}
    return Signature(**{**said, **other})  # type: ignore[arg-type]


def test_a_part_of_a_joint_step_without_a_signature_is_refused_whoever_asks(
    office: Office, file: str
) -> None:
    answer = checked(office, file, signed=None)
    assert isinstance(answer, Refused)
    assert answer.sentences("zh") == [
        "这一步要本人签名：请本人登录，在这一步的表里再输一次密码。命令、导入和别人代记都不能代签"
    ]
    assert [entry.kind for entry in entries_of("hengce", file)] == ["received", "accepted"]


def test_a_signature_goes_on_record_with_name_meaning_and_version(office: Office, file: str) -> None:
    assert isinstance(checked(office, file, signed=mine(office)), Done)
    entry = list(entries_of("hengce", file))[-1]
    assert {word: value for word, value in entry.facts.items() if word.startswith("sign")} == {
        "signature": "gu of hengce",
        "signature meaning": "data checked",
        "signed version": "2",
    }


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"by": "p-shen"}, "签名不是为这一步签的，或不是本人签的；请重新输一次密码"),
        ({"step": "closed"}, "签名不是为这一步签的，或不是本人签的；请重新输一次密码"),
        ({"confirmed": NOW - timedelta(minutes=5, seconds=1)}, "签名已过了五分钟；请重新输一次密码"),
        ({"confirmed": NOW + timedelta(seconds=1)}, "签名已过了五分钟；请重新输一次密码"),
    ],
)
def test_another_persons_another_steps_and_an_old_signature_are_none(
    office: Office, file: str, other: dict[str, object], why: str
) -> None:
    answer = checked(office, file, signed=mine(office, **other))
    assert isinstance(answer, Refused)
    assert answer.sentences("zh") == [why]


def test_a_name_that_is_filled_in_is_no_signature(office: Office, file: str) -> None:
    answer = checked(office, file, signed=None, facts={"signature": "gu of hengce"})
    assert isinstance(answer, Refused)
    assert answer.sentences("en") == [
        "a signature is given by one's password in one's own sign-in; it is not filled in"
    ]


def test_the_same_form_sent_again_is_answered_alike_though_the_password_was_given_anew(
    office: Office, file: str
) -> None:
    first = checked(office, file, signed=mine(office))
    again = checked(office, file, signed=mine(office, confirmed=NOW - timedelta(seconds=9)))
    assert isinstance(first, Done)
    assert isinstance(again, Done)
    assert (first.number, first.file) == (again.number, again.file)


def test_who_confirms_what_another_noted_for_him_signs_it_then(office: Office, file: str) -> None:
    noted = office.do(
        "data checked",
        "zhou",
        "2026-03-03 09:00",
        file=file,
        actor="gu",
        post="quality manager",
        medium="phone",
    )
    gu = office.persons["gu"]
    command = Command("confirmed in person", gu, "quality manager", facts={"entry": str(noted.number)})
    signed = Signature(gu, "confirmed in person", noted.number, NOW)
    for given, taken in ((None, Refused), (signed, Done)):
        command = Command(command.step, gu, command.post, facts=command.facts, signed=given)
        answer = perform(command, organisation="hengce", person=gu, now=NOW, key=f"c{taken}", file=file)
        assert isinstance(answer, taken), answer
