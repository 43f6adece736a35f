"""Whoever watches over the server sees when sealing, loops, clock or disk are not well; figures only with the token."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from tests.pages.conftest import Clock
from tests.pages.desk import Desk

from kesu.ledger import turns
from kesu.ledger.seal import seal
from kesu.site import loops


@pytest.fixture
def sealed(desk: Desk, clock: Clock) -> Clock:
    """Everything is sealed at this moment."""
    for organisation in ("hengce", "hengjian"):
        seal(organisation, clock.now)
    return clock


@pytest.fixture
def watched(sealed: Clock) -> Iterator[Clock]:
    """The loops are expected from this moment on."""
    turns.expect(("clock", "seal"), sealed.now)
    yield sealed
    turns._last.clear()


def healthz() -> tuple[int, str]:
    answer = Client().get("/healthz")
    return answer.status_code, answer.content.decode()


def test_a_server_that_is_well_says_so_and_nothing_else(watched: Clock) -> None:
    assert healthz() == (200, "ok\n")


def test_an_entry_that_waits_for_ten_minutes_is_not_well(desk: Desk, sealed: Clock) -> None:
    desk.house.received("2026-03-09 10:20")
    assert healthz() == (200, "ok\n")
    sealed.set("2026-03-09 10:29")
    assert healthz() == (200, "ok\n")
    sealed.set("2026-03-09 10:31")
    assert healthz() == (503, "not well: sealing\n")
    seal("hengce", sealed.now)
    assert healthz() == (200, "ok\n")


def test_a_loop_that_has_not_come_round_for_five_minutes_is_not_well(watched: Clock) -> None:
    watched.set("2026-03-09 10:26")
    assert healthz() == (503, "not well: loops\n")
    quiet: Any = lambda now: None  # noqa: E731
    loops.turn(now=watched.now, loops={"clock": quiet, "seal": quiet})
    assert healthz() == (200, "ok\n")

    def broken(now: object) -> None:
        raise RuntimeError("no table")

    watched.set("2026-03-09 10:32")
    loops.turn(now=watched.now, loops={"clock": quiet, "seal": broken})
    assert healthz() == (503, "not well: loops\n")


def test_a_clock_behind_what_was_signed_is_not_well(sealed: Clock) -> None:
    sealed.now -= timedelta(minutes=2)
    assert healthz() == (503, "not well: clock\n")


def test_a_disk_that_is_nearly_full_is_not_well(sealed: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=100 * 2**20))
    assert healthz() == (503, "not well: disk\n")


def test_figures_are_for_those_who_have_the_token(desk: Desk, sealed: Clock, settings: Any) -> None:
    assert Client().get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "ein langes Wort"
    for wrong in ({}, {"HTTP_AUTHORIZATION": "Bearer x"}, {"HTTP_AUTHORIZATION": "ein langes Wort"}):
        answer = Client().get("/metrics", **wrong)
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    desk.house.received("2026-03-09 10:20")
    sealed.set("2026-03-09 10:32")
    answer = Client().get("/metrics", HTTP_AUTHORIZATION="Bearer ein langes Wort")
    figures = dict(
        line.rsplit(" ", 1) for line in answer.content.decode().splitlines() if not line.startswith("#")
    )
    assert answer.status_code == 200
    assert figures["kesu_unsealed_entries"] == "3.0"
    assert figures["kesu_unsealed_seconds"] == "720.0"
    assert figures["kesu_unwell"] == "1.0"
    assert float(figures["kesu_disk_free_bytes"]) > 0
    assert float(figures['kesu_answers_total{method="GET",status="401"}']) >= 3
    assert "process_resident_memory_bytes" in figures


def test_old_sessions_and_wrong_passwords_are_tidied_away(desk: Desk, clock: Clock) -> None:
    from django.contrib.sessions.models import Session

    desk.as_("周小雨")
    Client().post("/sign-in/", {"username": "zhouxiaoyu", "password": "wrong"})
    loops.tidy(clock.now)
    assert Session.objects.count() == 1
    Session.objects.update(expire_date=clock.now - timedelta(minutes=1))
    loops.tidy(clock.now)
    assert Session.objects.count() == 0
