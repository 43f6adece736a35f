"""The demo, whose sign-ins ask for no password, is served to this machine alone and where nothing but the demo stands."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import RequestFactory

from kesu.cli.main import main
from kesu.demo import stories
from kesu.demo.library_house import HOUSE
from kesu.demo.stories import load_demo
from kesu.desk.who.idle import in_demo
from kesu.ledger.models import Entry
from kesu.people.demo import DEMO_TITLES, NotForDemo
from kesu.reading.strict import read_file
from kesu.registry.foundation import Founder, found_organisation
from kesu.site.demo_only import refuse_wrong_place

NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
HOMES = {
    "empty": {},
    "demo": {"hengce": "恒测检测技术服务中心"},
    "own": {"acme": "真实公司"},
    "both": {"hengce": "恒测检测技术服务中心", "acme": "真实公司"},
    "own under a name of the demo's": {"hengce": "真实公司"},
}
OUTSIDE: dict[str, dict[str, str]] = {
    "nothing": {},
    "hosts": {"KESU_HOSTS": "complaints.example.org"},
    "https": {"KESU_HTTPS": "yes"},
}
PROXIED = [
    {"HTTP_X_FORWARDED_FOR": "203.0.113.9"},
    {"HTTP_X_FORWARDED_PROTO": "https"},
    {"HTTP_X_FORWARDED_HOST": "complaints.example.org"},
    {"HTTP_FORWARDED": "for=203.0.113.9"},
    {"HTTP_X_REAL_IP": "203.0.113.9"},
    {"HTTP_VIA": "1.1 proxy"},
    {"REMOTE_ADDR": "203.0.113.9"},
    {"REMOTE_ADDR": ""},
]


def found(home: str) -> None:
    """The organisations of one of the homes, each with an administrator who can sign in."""
    for name, title in HOMES[home].items():
        boss = Founder(f"boss-{name}", "老板", password="一个够长的密码2026")
        found_organisation(organisation=name, title=title, zone="Asia/Shanghai", administrator=boss, now=NOW)


def refused(what: Any) -> bool:
    try:
        what()
    except NotForDemo as refusal:
        assert all(refusal.in_(lang) for lang in ("zh", "en"))
        return True
    return False


@pytest.mark.parametrize("outside", OUTSIDE)
@pytest.mark.parametrize("home", HOMES)
def test_a_demo_starts_only_at_this_machine_and_beside_nothing_of_ones_own(
    home: str, outside: str, fresh_database: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    found(home)
    for name, value in OUTSIDE[outside].items():
        monkeypatch.setenv(name, value)
    settings.DEMO = False
    assert not refused(refuse_wrong_place)
    settings.DEMO = True
    assert refused(refuse_wrong_place) == (home not in ("empty", "demo") or outside != "nothing")


@pytest.mark.parametrize("home", ["own", "both", "own under a name of the demo's"])
def test_no_demo_is_written_beside_an_organisation_of_ones_own(home: str, fresh_database: None) -> None:
    found(home)
    before = Entry.objects.count()
    assert refused(lambda: load_demo(now=NOW)) == (
        home == "own"
    )  # else something of its names is there, and nothing is done
    assert Entry.objects.count() == before


@pytest.mark.parametrize("headers", PROXIED, ids=str)
def test_no_click_signs_in_what_comes_from_elsewhere(
    headers: dict[str, str], fresh_database: None, settings: Any
) -> None:
    found("demo")
    settings.DEMO = True
    assert in_demo(RequestFactory().get("/sign-in/"))
    assert not in_demo(RequestFactory().get("/sign-in/", **headers))


@pytest.mark.parametrize("home", HOMES)
def test_no_click_signs_in_where_an_organisation_of_ones_own_has_come(
    home: str, fresh_database: None, settings: Any
) -> None:
    settings.DEMO = True
    found(home)
    assert in_demo(RequestFactory().get("/sign-in/")) == (home in ("empty", "demo"))


def test_the_titles_by_which_the_demo_is_known_are_those_it_is_founded_with() -> None:
    data: list[Any] = [read_file(stories.FOLDER / house / "house.yaml") for house in stories.HOUSES]
    of_the_library: Any = read_file(HOUSE)
    founded = [*(said for one in data for said in one["organisations"]), of_the_library]
    assert {said["id"]: said["title"] for said in founded} == dict(DEMO_TITLES)


@pytest.mark.parametrize("name", ["KESU_HOSTS", "KESU_HTTPS"])
def test_a_server_that_others_reach_is_not_even_prepared_as_a_demo(name: str, tmp_path: Path) -> None:
    environment = os.environ | {"KESU_HOME": str(tmp_path / "home"), "KESU_DEMO": "yes", name: "yes"}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "kesu.site.prepare"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.splitlines()) == (
        2,
        [
            f"演示模式不设密码，只在本机使用，不能同时设 {name}；去掉它们，或去掉 --demo（KESU_DEMO）",
            f"demo mode asks for no password and is for this machine only, never with {name}; unset that, or leave out --demo (KESU_DEMO)",
        ],
    )
    assert not (tmp_path / "home" / "kesu.sqlite3").exists()


def test_the_setting_asks_the_same_as_the_option(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KESU_DEMO", "yes")
    assert main(["--lang", "en", "serve", "--host", "0.0.0.0"]) == 2
    assert "listens on this machine only, not on 0.0.0.0" in capsys.readouterr().err


def test_kesu_demo_says_why_it_writes_nothing(
    fresh_database: None, capsys: pytest.CaptureFixture[str]
) -> None:
    found("own")
    assert main(["--lang", "en", "demo"]) == 2
    assert capsys.readouterr().err == (
        "kesu: an organisation of its own is here (真实公司), so this is no place for the demo; give the demo"
        " an empty KESU_HOME (or database) of its own\n"
    )
