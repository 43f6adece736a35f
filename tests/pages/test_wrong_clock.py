"""A clock that is wrong: every page says so, nothing is recorded, and what was typed is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from tests.office.ledger.moved_clock import MovedClock, moved_clock
from tests.pages.conftest import Clock
from tests.pages.desk import Desk

from kesu.ledger.clock_watch import require_clock
from kesu.ledger.models import Entry

YEAR = timedelta(days=365)
AHEAD = "时钟被拨快了。在此之前什么也不写入、不封存。"


@pytest.fixture
def wrong(desk: Desk, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MovedClock]:
    """The clock of the machine, relied on until a test sets it."""
    with moved_clock(monkeypatch, tmp_path) as moved:
        monkeypatch.setattr("django.utils.timezone.now", lambda: clock.now + moved.off)
        require_clock()
        yield moved


def entries() -> int:
    return Entry.objects.count()


def test_a_step_is_not_recorded_and_what_was_typed_stays_in_its_form(desk: Desk, wrong: MovedClock) -> None:
    file = desk.house.received()
    mine = desk.as_("周小雨")
    address = mine.step(file, "note")
    sent = mine.get(address).form(address) | {"f-text": ["打到一半的话"]}
    before = entries()
    wrong.off = YEAR
    page = mine.post(address, sent)
    assert (mine.status, entries()) == (409, before)
    assert AHEAD in page.text()
    again = page.form(address)
    assert again["f-text"] == ["打到一半的话"]
    wrong.off = timedelta(0)
    page = mine.post(address, again)
    assert (mine.status, entries()) == (200, before + 1)
    assert AHEAD not in page.text()


def test_a_complaint_that_arrives_is_kept_in_the_form_too(desk: Desk, wrong: MovedClock) -> None:
    mine = desk.as_("周小雨")
    sent = mine.get("/register/").form("/register/") | {"f-complainant": ["张三"]}
    before = entries()
    wrong.off = -YEAR
    page = mine.post("/register/", sent)
    assert entries() == before
    assert "时钟被拨慢了" in page.text()
    assert page.form("/register/")["f-complainant"] == ["张三"]


def test_every_page_says_so_to_everybody_in_his_language(desk: Desk, wrong: MovedClock) -> None:
    wrong.off = timedelta(minutes=10)
    assert AHEAD in desk.as_("周小雨").get("/").text()
    assert (
        "it was put forward; until then nothing is written or sealed"
        in desk.as_("周小雨", "en").get("/").text()
    )
    assert AHEAD in Desk(desk.house).get("/sign-in/").text()


def test_what_any_page_sends_is_kept_when_it_would_write(
    desk: Desk, wrong: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that does not itself know of clocks."""
    monkeypatch.setattr("kesu.desk.own.registers.ClockWrong", ZeroDivisionError)
    mine = desk.as_("秦越")
    mine.client.raise_request_exception = False
    typed = {"post": "supervisor", "person": desk.house.persons["顾明"], "unit": "quality", "from": ""}
    sent = mine.get("/people/post/").form("/people/post/") | typed
    wrong.off = YEAR
    page = mine.post("/people/post/", sent)
    assert mine.status == 503
    assert page.one("h1").text() == "服务器的时钟不对"
    assert AHEAD in page.text()
    assert page.form("/people/post/")["unit"] == ["quality"]


def test_a_session_does_not_end_because_somebody_sets_the_clock(desk: Desk, wrong: MovedClock) -> None:
    mine = desk.as_("周小雨")
    wrong.off = YEAR
    mine.get("/")
    assert mine.status == 200


def test_who_watches_over_the_server_is_told(desk: Desk, wrong: MovedClock, clock: Clock) -> None:
    wrong.off = timedelta(minutes=5)
    answer = Client().get("/healthz")
    assert answer.status_code == 503
    assert "clock" in answer.content.decode()
