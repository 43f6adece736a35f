"""Who has another account on the machine reads nothing, and who reads the database is signed in by nothing that stands there."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from tests.office.site.test_site_settings import RUNNING, run

from kesu.people.models import User
from kesu.site.private import HomeOpen, require_closed

EVERYTHING_MADE = """
import os
os.umask(0o022)
from kesu.site.prepare import run
assert run() == 0
import kesu.site.wsgi
from kesu.cli.failure import write_down
write_down("a trace", argv=["serve"])
from django.utils import timezone
from kesu.registry.foundation import Founder, found_organisation
found_organisation(organisation="acme", title="甲", zone="Asia/Shanghai", administrator=Founder("qin", "秦越"), now=timezone.now())
from kesu.ledger.seal import seal
seal("acme", timezone.now())
"""
STARTS = {
    "prepare": "import sys; from kesu.site.prepare import run; sys.exit(run())",
    "server": "import kesu.site.wsgi",
}


def test_nothing_that_is_made_in_a_home_lets_others_in(tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = run(home, EVERYTHING_MADE)
    assert (done.returncode, done.stderr) == (0, "")
    made = [home, *home.rglob("*")]
    assert {path.name for path in made} >= {"home", "kesu.sqlite3", "secret-key", "kesu.log", "static"}
    assert {str(path): oct(path.stat().st_mode) for path in made if path.stat().st_mode & 0o077} == {}


@pytest.mark.parametrize("name", ["", "kesu.sqlite3", "kesu.log", "signing-key.retired"])
@pytest.mark.parametrize("start", STARTS)
def test_a_home_that_others_can_read_is_not_served(start: str, name: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert run(home, RUNNING).returncode == 0
    path = home / name
    if not path.exists():
        path.touch()
    path.chmod(0o755 if path.is_dir() else 0o640)
    done = run(home, STARTS[start])
    mode = "0755" if path.is_dir() else "0640"
    assert done.returncode != 0
    assert done.stderr.splitlines()[-1].removeprefix("kesu.site.private.HomeOpen: ") == (
        f"{path}: other accounts of this machine can get in (mode {mode}); run: chmod -R go= {home}"
    )
    if start == "prepare":
        assert done.stderr.splitlines()[0] == (
            f"{path}：本机的其他账户可以进入或读取（权限 {mode}）；请执行 chmod -R go= {home}"
        )


def test_after_the_command_that_the_sentence_names_it_is_served(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home").chmod(0o755)
    with pytest.raises(HomeOpen):
        require_closed(tmp_path / "home")
    (tmp_path / "home").chmod(0o700)
    require_closed(tmp_path / "home")


@pytest.fixture
def browser(fresh_database: None) -> Client:
    """Somebody signed in."""
    client = Client()
    client.force_login(User.objects.create_user(username="zhou", name="周小雨"))
    return client


def test_what_stands_in_the_table_of_sessions_signs_nobody_in(browser: Client) -> None:
    key = browser.cookies["sessionid"].value
    (row,) = Session.objects.all()
    assert row.session_key != key
    assert browser.get("/organisation/").status_code == 200
    thief = Client()
    thief.cookies["sessionid"] = row.session_key
    assert thief.get("/organisation/").headers["Location"] == "/sign-in/"


@pytest.mark.parametrize("key", ["\x00" * 32, "a" * 5000, "'; DROP TABLE x", "é" * 32])
def test_a_cookie_of_anything_is_nobody(key: str, fresh_database: None) -> None:
    thief = Client()
    thief.cookies["sessionid"] = "x"
    thief.cookies["sessionid"].set("sessionid", key, key)
    assert thief.get("/organisation/").headers["Location"] == "/sign-in/"


def test_signing_out_and_in_again_leaves_no_session_behind(browser: Client) -> None:
    browser.post("/sign-out/")
    assert Session.objects.count() == 0
    browser.force_login(User.objects.get())
    browser.force_login(User.objects.create_user(username="gu", name="顾明"))
    assert Session.objects.count() == 1


def test_a_session_that_has_run_out_is_nobody(browser: Client) -> None:
    Session.objects.update(expire_date="2020-01-01T00:00:00Z")
    assert browser.get("/organisation/").headers["Location"] == "/sign-in/"
