"""When the program itself fails, nothing that was typed is lost, and no password is repeated."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from django.db import OperationalError
from tests.pages.desk import Desk

from kesu.desk.case import outcome
from kesu.desk.frame import errors
from kesu.desk.pages import session


def broken(*_: Any, **__: Any) -> Any:
    raise RuntimeError("no such drawer")


@pytest.fixture
def mine(desk: Desk) -> Desk:
    """Somebody whose browser shows what a failing server answers."""
    mine = desk.as_("周小雨")
    mine.client.raise_request_exception = False
    return mine


def test_what_was_typed_is_shown_and_sent_again_as_the_same_act(
    mine: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = mine.house.received()
    address = mine.step(file, "note")
    sent = mine.get(address).form(address) | {"f-text": ["打到一半的话 <b>"]}
    with monkeypatch.context() as failing:
        failing.setattr(outcome, "perform", broken)
        page = mine.post(address, sent)
    assert mine.status == 500
    assert [one.text() for one in page.one("dl").all("dd")] == ["打到一半的话 <b>"]
    again = page.form(address)
    assert {name: value for name, value in again.items() if name != "csrfmiddlewaretoken"} == {
        name: value for name, value in sent.items() if name != "csrfmiddlewaretoken"
    }
    mine.post(address, again)
    assert mine.status == 200
    assert "打到一半的话" in mine.case(file).text()


def test_a_page_that_failed_with_a_password_repeats_nothing(
    mine: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "validate_password", broken)
    page = mine.post(
        "/password/", {"old": "alt und geheim", "new": "neu und geheim", "again": "neu und geheim"}
    )
    assert mine.status == 500
    assert page.all("dl") == []
    assert "geheim" not in mine.last.content.decode()


def test_two_failures_have_two_numbers(mine: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "persons_of", broken)
    numbers = {mine.get("/organisation/").one("main").one("b").text() for _ in range(3)}
    assert len(numbers) == 3


def disk_full(*_: Any, **__: Any) -> Any:
    """As Django raises it: what the database said stands behind."""
    said = sqlite3.OperationalError("database or disk is full")
    said.sqlite_errorcode = sqlite3.SQLITE_FULL
    raise OperationalError("database or disk is full") from said


def test_a_fault_of_the_machine_is_said_in_words_and_what_was_typed_is_kept(
    mine: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = mine.house.received()
    address = mine.step(file, "note")
    sent = mine.get(address).form(address) | {"f-text": ["打到一半的话 <b>"]}
    monkeypatch.setattr(outcome, "perform", disk_full)
    page = mine.post(address, sent)
    assert mine.status == 503
    assert (
        "服务器的磁盘满了，或写不进去。没有留下写了一半的记录。请告诉管理员腾出空间，然后再发送一次。"
        in page.text()
    )
    assert [one.text() for one in page.one("dl").all("dd")] == ["打到一半的话 <b>"]


def test_where_the_page_of_the_failure_fails_too_a_bare_one_says_the_same_with_what_was_typed(
    mine: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = mine.house.received()
    address = mine.step(file, "note")
    sent = mine.get(address).form(address) | {"f-text": ["打到一半的话 <b>"]}
    monkeypatch.setattr(outcome, "perform", disk_full)
    monkeypatch.setattr(errors, "render", disk_full)
    page = mine.post(address, sent)
    assert mine.status == 503
    assert "服务器的磁盘满了" in page.text()
    assert "The server's disk is full" in page.text()
    assert [one.text() for one in page.one("dl").all("dd")] == ["打到一半的话 <b>"]
