"""Looking up by number and code: who gets in, who does not, and that guessing is slow for whoever guesses and for nobody else."""

from __future__ import annotations

import time

import pytest
from tests.pages.house import House, at
from tests.pages.portal.conftest import Visitor, given, settled

from kesu.caseload.models import CaseRow
from kesu.intake.lookup_code import SIGNS, admit, code_of
from kesu.intake.models import Admission
from kesu.ledger.models import Entry

WRONG = "AAAA AAAA"


def test_number_and_code_open_ones_own_complaint_however_they_are_typed(visitor: Visitor) -> None:
    number, code = given(visitor.complain())
    for typed in (
        (number, code),
        (number.lower(), code.replace(" ", "").lower()),
        (f" {number} ", code.replace(" ", "-")),
    ):
        page = Visitor(visitor.house).look_up(*typed)
        assert page.one("h1").text() == f"您的投诉 {number}"


def test_a_wrong_code_and_a_number_that_there_is_not_read_alike(visitor: Visitor) -> None:
    number, code = given(visitor.complain())
    answers = []
    for typed in ((number, WRONG), ("TS-2026-9999", code), ("", ""), (number, "")):
        other = Visitor(visitor.house)
        page = other.look_up(*typed)
        answers.append((other.status, page.one(class_="summary").text(), "portal" in other.client.cookies))
    assert set(answers) == {
        (401, "编号和查询码对不上。请核对受理回执；查询码里没有 0、1、字母 O 和 I。", False)
    }


def test_a_complaint_that_nobody_was_given_a_code_for_answers_like_none(visitor: Visitor) -> None:
    file = visitor.house.received()
    number = CaseRow.objects.get(organisation="hengce", file=file).label
    assert not Admission.objects.exists()
    visitor.look_up(number, code_of(admit("other", file, number=number, now=at("2026-03-09 10:20"))))
    assert visitor.status == 401


def test_another_code_ends_the_one_before_at_once(visitor: Visitor) -> None:
    number, code = given(visitor.complain())
    file = CaseRow.objects.get(organisation="hengce", label=number).file
    new = code_of(admit("hengce", file, number=number, now=at("2026-03-09 10:20"), anew=True))
    assert visitor.get("own/").one("h1").text() == "查投诉进展"
    assert Visitor(visitor.house).look_up(number, code).one("h1").text() == "查投诉进展"
    assert Visitor(visitor.house).look_up(number, new).one("h1").text() == f"您的投诉 {number}"


def test_no_code_stands_in_the_database(visitor: Visitor) -> None:
    _, code = given(visitor.complain())
    plain = code.replace(" ", "")
    assert set(plain) <= set(SIGNS)
    rows = [str(row) for row in Admission.objects.values()] + [
        bytes(body).decode() for body in Entry.objects.values_list("body", flat=True)
    ]
    assert [row for row in rows if plain in row.replace(" ", "")] == []


def test_guessing_is_slow_after_some_tries_and_the_right_code_enters_at_once_from_elsewhere(
    visitor: Visitor, pauses: list[float]
) -> None:
    number, code = given(visitor.complain())
    thief = Visitor(visitor.house, address="198.51.100.1")
    for _ in range(30):
        thief.look_up(number, WRONG)
    assert (pauses[-1], thief.status) == (8.0, 401)
    assert thief.look_up(number, code).one("h1").text() == f"您的投诉 {number}"


def test_many_behind_one_address_look_up_without_waiting(visitor: Visitor, pauses: list[float]) -> None:
    number, code = given(visitor.complain())
    for _ in range(80):
        assert Visitor(visitor.house).look_up(number, code).one("h1").text() == f"您的投诉 {number}"
    assert set(pauses) == {0.0}


def test_the_code_is_shown_once_and_the_receipt_stays(visitor: Visitor) -> None:
    number, code = given(visitor.complain())
    receipt = visitor.get("own/receipt/")
    assert code in receipt.text()
    assert receipt.one("svg")
    later = Visitor(visitor.house)
    later.look_up(number, code)
    assert code not in later.get("own/receipt/").text()
    assert code not in later.get("taken/").text()


def test_half_an_hour_after_the_last_look_the_code_is_asked_for_again(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(visitor.complain())
    real = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: real + 1801)
    assert visitor.get("own/").one("h1").text() == "查投诉进展"


def test_whoever_leaves_has_left(visitor: Visitor) -> None:
    given(visitor.complain())
    assert visitor.post("leave/", {}).one("h1").text() == "您有什么要反映"
    assert visitor.get("own/").one("h1").text() == "查投诉进展"


def test_the_cookie_of_one_house_opens_nothing_in_another(visitor: Visitor) -> None:
    given(visitor.complain())
    other = House("hengjian")
    settled(other, open="yes")
    assert visitor.client.get(f"/portal/{other.organisation}/own/").status_code == 302


def test_pages_are_kept_by_no_browser_and_the_session_of_the_staff_is_not_touched(visitor: Visitor) -> None:
    given(visitor.complain())
    visitor.get("own/")
    assert visitor.last.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in visitor.last.headers["Content-Security-Policy"]
    assert set(visitor.client.cookies) <= {"portal", "csrftoken", "django_language"}
    cookie = visitor.client.cookies["portal"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/portal/", True, "Lax")


def test_what_was_asked_for_stands_in_the_log_without_number_or_code(
    visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    number, _ = given(visitor.complain())
    visitor.look_up(number, "QQQQ WWWW")
    said = " ".join(one.getMessage() for one in caplog.records)
    assert "203.0.113.7" in said
    assert [secret for secret in ("QQQQ", number) if secret in said] == []
