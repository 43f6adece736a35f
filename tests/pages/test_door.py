"""Guessing passwords is slow, wherever one is asked, by person and by address; the right password always enters."""

from __future__ import annotations

import ast
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.pages.conftest import Clock
from tests.pages.desk import Desk

from kesu.desk.who import door
from kesu.people import guessing, sign_in
from kesu.people.models import Attempt, User

SOURCE = Path(__file__).parents[2] / "src" / "kesu"
RIGHT = "一个够长的密码2026"
OTHER = "203.0.113.9"
SPELLINGS = ["zhouxiaoyu", "ZHOUXIAOYU", " zhouxiaoyu ", "zhou@example.com", "Zhou@EXAMPLE.com"]
NOT_TYPED = [
    "zhouxiaoyu\x00{n}",
    "zhouxiaoyu\x1b{n}",
    "zhouxiaoyu\u202e{n}",
    "zhou\u200bxiaoyu{n}",
]


@pytest.fixture
def zhou(desk: Desk, paused: list[float]) -> User:
    """Somebody with a password and an address."""
    user = desk.house.user("周小雨")
    user.set_password(RIGHT)
    user.email = "zhou@example.com"
    user.save()
    return user


def enter(name: str, password: str, address: str = "127.0.0.1") -> int:
    return Client(REMOTE_ADDR=address).post("/sign-in/", {"username": name, "password": password}).status_code


def unlock(desk: Desk, password: str) -> int:
    mine = desk.as_("周小雨")
    return mine.client.post("/unlock/", {"path": "/", "password": password}).status_code


def change(desk: Desk, password: str) -> int:
    new = {"new": RIGHT + "新", "again": RIGHT + "新"}
    return desk.as_("周小雨").client.post("/password/", {"old": password, **new}).status_code


ASKED: dict[str, tuple[Callable[[Desk, str], int], int]] = {
    "sign-in": (lambda desk, password: enter("zhouxiaoyu", password), 302),
    "unlock": (unlock, 302),
    "password": (change, 200),
}


@pytest.mark.parametrize("where", ASKED)
def test_the_right_password_enters_after_any_number_of_wrong_ones(
    where: str, desk: Desk, zhou: User, paused: list[float]
) -> None:
    ask, entered = ASKED[where]
    assert {ask(desk, f"wrong {number}") for number in range(25)} <= {401, 422}
    assert ask(desk, RIGHT) == entered
    assert max(paused) == guessing.LONGEST


@pytest.mark.parametrize("where", ASKED)
def test_wrong_tries_are_slow_everywhere_after_a_few(
    where: str, desk: Desk, zhou: User, paused: list[float]
) -> None:
    for number in range(8):
        ASKED[where][0](desk, f"wrong {number}")
    assert paused == [0.0, 0.0, 0.0, 0.0, 0.0, 0.5, 1.0, 2.0]


def test_every_place_and_every_spelling_share_one_count(desk: Desk, zhou: User, paused: list[float]) -> None:
    for spelling in SPELLINGS:
        assert enter(spelling, "wrong") == 401
    unlock(desk, "wrong")
    change(desk, "wrong")
    assert paused == [0.0, 0.0, 0.0, 0.0, 0.0, 0.5, 1.0]


@pytest.mark.parametrize("spelling", NOT_TYPED, ids=ascii)
def test_what_nobody_can_type_is_no_name_and_no_new_count(
    spelling: str, desk: Desk, zhou: User, paused: list[float]
) -> None:
    for number in range(25):
        assert enter(spelling.format(n=number), "wrong") in (400, 401)
    assert enter(spelling.format(n=""), RIGHT) in (400, 401)
    assert enter("zhouxiaoyu", RIGHT) == 302


def test_one_password_under_thirty_names_is_slow_by_its_address(desk: Desk, paused: list[float]) -> None:
    for number in range(30):
        assert enter(f"nobody{number}", "Sommer2026!", OTHER) == 401
    assert paused[:21] == [0.0] * 21
    assert paused[21:] == sorted(paused[21:])
    assert paused[-1] == guessing.LONGEST


def test_one_name_from_thirty_addresses_is_slow_by_its_name(
    desk: Desk, zhou: User, paused: list[float]
) -> None:
    for number in range(30):
        assert enter("zhouxiaoyu", f"wrong {number}", f"203.0.113.{number}") == 401
    assert paused[-1] == guessing.LONGEST


def test_who_signed_in_here_before_does_not_wait_for_what_others_try(
    desk: Desk, zhou: User, paused: list[float]
) -> None:
    assert enter("zhouxiaoyu", RIGHT, OTHER) == 302
    for number in range(60):
        enter("zhouxiaoyu", f"wrong {number}", f"198.51.100.{number}")
        enter(f"nobody{number}", "x", OTHER)
    del paused[:]
    assert enter("zhouxiaoyu", "mistyped", OTHER) == 401
    assert enter("zhouxiaoyu", RIGHT, OTHER) == 302
    assert paused == [0.0, 0.0]


def test_the_next_day_begins_anew(desk: Desk, zhou: User, clock: Clock, paused: list[float]) -> None:
    for number in range(9):
        enter("zhouxiaoyu", f"wrong {number}")
    clock.set("2026-03-10 10:21")
    del paused[:]
    assert enter("zhouxiaoyu", "wrong") == 401
    assert paused == [0.0]
    clock.set("2026-03-11 10:22")
    guessing.forget_old(clock.now)
    assert Attempt.objects.count() == 0


def test_whoever_pauses_takes_one_place_an_address_and_the_others_are_told_to_come_again(
    desk: Desk, zhou: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(8):
        enter("zhouxiaoyu", f"wrong {number}", OTHER)
    monkeypatch.setattr(guessing, "_pausing", {OTHER})
    before = {row.key: row.failures for row in Attempt.objects.all()}
    answer = Client(REMOTE_ADDR=OTHER).post("/sign-in/", {"username": "zhouxiaoyu", "password": "wrong"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "5")
    assert "5 秒后再试" in answer.content.decode()
    assert {row.key: row.failures for row in Attempt.objects.all()} == before
    assert enter("zhouxiaoyu", "wrong", "198.51.100.7") == 401
    monkeypatch.setattr(guessing, "_pausing", set())
    assert enter("zhouxiaoyu", RIGHT, OTHER) == 302


def test_tries_at_the_same_moment_know_of_each_other(desk: Desk, zhou: User, clock: Clock) -> None:
    keys = {what: what * 8 for what in door.FREE}
    counts: list[int] = []

    def count() -> None:
        from django.db import connection

        counts.append(guessing.counted(keys, clock.now)["here"])
        connection.close()

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == list(range(1, 9))


def test_no_more_than_two_passwords_are_worked_on_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes 100 MB: sixteen at once took half a gigabyte."""
    at_once, most, lock = 0, 0, threading.Lock()
    released = threading.Event()

    def work(_: Any) -> None:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        released.wait(0.05)
        with lock:
            at_once -= 1

    monkeypatch.setattr(sign_in, "make_password", work)
    threads = [threading.Thread(target=sign_in.is_password_of, args=(None, "x")) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == sign_in.AT_ONCE


def _calls(name: str) -> Iterator[str]:
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if name in (getattr(called, "attr", None), getattr(called, "id", None)):
                yield path.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("check_password", {"people/sign_in.py"}),
        ("make_password", {"people/sign_in.py"}),
        ("is_password_of", {"people/sign_in.py", "desk/who/door.py"}),
        ("authenticate", set()),
        (
            "set_password",
            {"people/models.py", "people/sign_in.py", "desk/pages/session.py", "desk/pages/new_password.py"},
        ),
    ],
)
def test_passwords_are_looked_at_and_made_at_these_places_only(name: str, places: set[str]) -> None:
    assert set(_calls(name)) == places
