"""A clock that is wrong: every page says so, nothing is recorded, and what was typed is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.office.ledger.moved_clock import MovedClock, moved_clock
from tests.pages.conftest import Clock
from tests.pages.desk import Desk
from tests.pages.html import Element

from kesu.caseload.acting.clock import clock as let_time_act
from kesu.ledger.clock_watch import require_clock
from kesu.ledger.models import Entry, Unsealed
from kesu.ledger.seal import seal

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


def test_who_watches_over_the_server_is_told(desk: Desk, wrong: MovedClock, settings: Any) -> None:
    wrong.off = timedelta(minutes=5)
    answer = Client().get("/healthz")
    assert answer.status_code == 503
    assert "clock" in answer.content.decode()
    assert "kesu_clock_trusted 0.0" in metrics(settings)
    wrong.off = timedelta(0)
    assert "kesu_clock_trusted 1.0" in metrics(settings)


def metrics(settings: Any) -> str:
    settings.METRICS_TOKEN = "ein langes Wort"
    return Client().get("/metrics", HTTP_AUTHORIZATION="Bearer ein langes Wort").content.decode()


@pytest.fixture
def ahead(desk: Desk, clock: Clock) -> str:
    """A case in which a clock that was a year ahead let time act; it was sealed then."""
    file = desk.house.received()
    for organisation in ("hengce", "hengjian"):
        seal(organisation, clock.now)
    let_time_act(now=clock.now + YEAR, organisation="hengce")
    seal("hengce", clock.now + YEAR)
    return file


def sent(mine: Desk, **typed: str) -> Element:
    return mine.post("/clock/", mine.get("/clock/").form("/clock/") | typed)


def test_two_persons_correct_it_each_in_his_own_sign_in_and_the_case_goes_on(
    desk: Desk, ahead: str, clock: Clock
) -> None:
    mine = desk.as_("周小雨")
    page = mine.take(ahead, "note", text="先记一笔")
    assert mine.status == 409
    assert "而台账里已有" in page.text()
    admin, other = desk.as_("秦越"), desk.as_("顾明")
    page = admin.get("/clock/")
    assert "写着 2027年3月9日" in page.text()
    page = sent(admin, reason="主板电池没电", watch="2026-03-09 10:20")
    assert (admin.status, page.one(role="status").text()) == (200, "✓ 已记下。")
    assert "要由你以外的人确认。" in page.text()
    clock.set("2026-03-09 10:22")
    page = other.get("/clock/")
    assert "秦越说时钟现在是对的。出过什么事：主板电池没电" in page.text()
    page = sent(other, watch="2026-03-09 10:22")
    assert (other.status, page.one(role="status").text()) == (200, "✓ 已记下。")
    assert "没有可疑之处，照常记录。" in page.text()
    assert "主板电池没电 秦越、顾明" in page.text()
    mine.take(ahead, "note", text="先记一笔")
    assert mine.status == 200
    assert [(row.organisation, row.file) for row in Unsealed.objects.all()] == [("hengce", ahead)]
    assert Client().get("/healthz").content == b"ok\n"


@pytest.mark.parametrize("watch", ["", "10:20", "3.9 10:20", "昨天", "2026"])
def test_a_watch_without_its_year_is_asked_again_and_the_reason_kept(
    desk: Desk, ahead: str, watch: str
) -> None:
    admin = desk.as_("秦越")
    page = sent(admin, reason="主板电池没电", watch=watch)
    assert admin.status == 422
    assert [
        one.attrs["href"]
        for one in page.one("main").one("div", role="alert", **{"class": "summary"}).all("a")
    ] == ["#watch"]
    assert page.form("/clock/")["reason"] == ["主板电池没电"]


def test_a_watch_that_shows_another_time_is_told(desk: Desk, ahead: str) -> None:
    admin = desk.as_("秦越")
    page = sent(admin, reason="主板电池没电", watch="2026-03-09 11:20")
    assert admin.status == 422
    assert "手表的时间和服务器的时钟差了五分钟以上" in page.text()


def test_who_is_no_administrator_reads_what_to_do_and_has_no_form(desk: Desk, ahead: str) -> None:
    page = desk.as_("周小雨").get("/clock/")
    assert "管理员在这里提出更正" in page.text()
    assert [form for form in page.all("form") if form.attrs["action"] == "/clock/"] == []


def test_a_clock_that_is_right_has_nothing_to_correct(desk: Desk) -> None:
    page = desk.as_("秦越").get("/clock/")
    assert "没有可疑之处，照常记录。" in page.text()
    assert [form for form in page.all("form") if form.attrs["action"] == "/clock/"] == []
