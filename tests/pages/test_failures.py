"""When the program itself fails, nothing that was typed is lost, and no password is repeated."""

from __future__ import annotations

from typing import Any

import pytest
from tests.pages.desk import Desk

from kesu.desk.case import outcome
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
