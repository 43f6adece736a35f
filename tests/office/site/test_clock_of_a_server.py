"""Clocks that are wrong, on real servers: nothing is written by them, pages say so, and two persons put it right."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.office.site.served_by_a_clock import Home, Person, Server, serving, staffed_home, watch

YEAR, TEN, TEN_DAYS = timedelta(days=365), timedelta(minutes=10), timedelta(days=10)
STANDS_STILL = "the loop “clock” stands still"


@pytest.fixture
def home(tmp_path: Path, django_db_setup: None, django_db_blocker: object) -> Iterator[Home]:
    with django_db_blocker.unblock(), staffed_home(tmp_path) as made:  # type: ignore[attr-defined]
        yield made


def test_a_clock_that_is_set_while_the_server_runs_writes_nothing_until_it_is_right_again(home: Home) -> None:
    with serving(home, "one") as server:
        mine = Person(server, "zhouxiaoyu")
        case = mine.receive()
        before = home.entries()
        for off, said in ((YEAR, "拨快了"), (TEN, "拨快了"), (-TEN, "拨慢了"), (-YEAR, "拨慢了")):
            server.set(off)
            page = mine.note(case, "打到一半的话")
            assert (mine.status, home.entries()) == (409, before), off
            assert f"时钟被{said}。在此之前什么也不写入、不封存。" in page.text()
            assert page.form("steps/note/")["f-text"] == ["打到一半的话"]
            assert "clock" in server.health()
        server.wait(STANDS_STILL)
        assert home.entries() == before
        server.set(timedelta(0))
        mine.note(case, "打到一半的话")
        assert (mine.status, home.entries()) == (302, before + 1)
        assert "clock" not in server.health()


def test_a_server_that_is_started_with_a_wrong_clock_lets_no_time_act(home: Home) -> None:
    with serving(home, "first") as server:
        Person(server, "zhouxiaoyu").receive()
        server.wait("", within=1)
        until_seen(home)
    before = home.entries()
    for off in (YEAR, -YEAR, TEN):
        with serving(home, f"by{off.days}", off) as server:
            server.wait(STANDS_STILL)
            assert "clock" in server.health()
    assert home.entries() == before


def test_of_two_servers_with_different_clocks_the_one_that_differs_stops(home: Home) -> None:
    with serving(home, "right") as right:
        until_seen(home)
        with serving(home, "wrong", TEN) as wrong:
            wrong.wait(STANDS_STILL)
            case = Person(right, "zhouxiaoyu").receive()
            before = home.entries()
            other = Person(wrong, "zhouxiaoyu")
            other.note(case, "这边的钟快了十分钟")
            assert (other.status, home.entries()) == (409, before)
            mine = Person(right, "zhouxiaoyu")
            mine.note(case, "这边的钟是对的")
            assert (mine.status, home.entries()) == (302, before + 1)
            assert ("clock" in right.health(), "clock" in wrong.health()) == (False, True)


def test_a_home_in_which_a_wrong_clock_wrote_goes_on_after_two_persons_corrected_it(home: Home) -> None:
    """As a release before left it, which believed every clock: here one to which clocks may differ by days."""
    with serving(home, "first") as server:
        case = Person(server, "zhouxiaoyu").receive()
    right = home.entries()
    with serving(home, "ahead", TEN_DAYS, KESU_CLOCK_STEP="999999") as server:
        ahead = Person(server, "zhouxiaoyu")
        ahead.note(case, "记在十天以后")
        assert ahead.status == 302
        sealed_ahead(home, server)
    wrong = home.entries()
    assert wrong > right
    with serving(home, "again") as server:
        mine, admin, other = (Person(server, name) for name in ("zhouxiaoyu", "qinyue", "guming"))
        page = mine.note(case, "时钟对了以后")
        assert (mine.status, home.entries()) == (409, wrong)
        assert "在此之前什么也不写入、不封存。" in page.text()
        for person, said in ((admin, {"reason": "主板电池没电"}), (other, {})):
            page = person.get("/clock/")
            assert page.all("form", action="/clock/"), page.text()
            person.post("/clock/", page.form("/clock/") | said | {"watch": watch()})
            assert person.status == 302
        assert home.entries() == wrong + 2
        mine.note(case, "时钟对了以后")
        assert (mine.status, home.entries()) == (302, wrong + 3)
        assert server.health() == "ok"
    verified = home.run("-m", "kesu.cli.main", "--json", "verify")
    said = json.loads(verified.stdout)
    assert (verified.returncode, said["fault_count"]) == (0, 0), said
    (notice,) = [one["zh"] for one in said["notices"] if "更正了服务器的时钟" in one["zh"]]
    assert "由秦越提出、顾明确认" in notice
    assert "（主板电池没电）" in notice
    rebuilt = home.run("-m", "kesu.cli.main", "rebuild", "--check")
    assert rebuilt.returncode == 0, rebuilt.stdout


def until_seen(home: Home) -> None:
    """Until the server has noted its clock as relied on."""
    until = time.monotonic() + 30
    while not (home.home / "clock-seen").exists():
        assert time.monotonic() < until
        time.sleep(0.1)


def sealed_ahead(home: Home, server: Server) -> None:
    """Until what was written ahead is sealed, which the loop does within twenty seconds."""
    until = time.monotonic() + 60
    while home.waiting():
        assert time.monotonic() < until, server.log.read_text()
        time.sleep(0.5)
