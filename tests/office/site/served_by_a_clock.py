"""Real servers whose clock a test sets: a home that is made ready, servers on it, and browsers of people."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bench.crash.browsers import Browser
from django.db import connection, connections
from tests.office.copying import drop, new_database, using
from tests.pages.html import Element, read

from kesu.ledger.models import Entry, Unsealed

ROOT = Path(__file__).parents[3]
MOVING = Path(__file__).parent / "moved_clock"
PASSWORD = "pages-by-a-wrong-clock"
STAFFED = f"""
import sys
from kesu.site.prepare import run
assert run() == 0
from tests.pages.house import found_houses
found_houses()
from kesu.people.models import User
from kesu.people.sign_in import set_password
for user in User.objects.filter(username__in=("zhouxiaoyu", "qinyue", "guming")):
    set_password(user, "{PASSWORD}")
"""


class Home:
    """An installation of its own, on the database of this test run."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.home, self.database = folder, folder / "home", database
        self.environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.environment |= {"KESU_HOME": str(self.home), "DJANGO_SETTINGS_MODULE": "kesu.site.settings"}
        self.environment["PYTHONPATH"] = f"{MOVING}{os.pathsep}{ROOT}"
        if connection.vendor == "postgresql":
            address = urlsplit(os.environ["TEST_DATABASE_URL"])
            self.environment["DATABASE_URL"] = address._replace(path=f"/{database}").geturl()

    def run(self, *command: str, off: timedelta = timedelta(0)) -> subprocess.CompletedProcess[str]:
        """A process whose clock is off."""
        return subprocess.run(
            [sys.executable, *command],
            env=self.environment | {"KESU_TEST_CLOCK": str(clock_file(self.folder / "of-commands", off))},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def entries(self) -> int:
        """How many entries stand in the ledger."""
        with using(self.database or str(self.home / "kesu.sqlite3")):
            return Entry.objects.count()

    def waiting(self) -> int:
        """How many of them wait to be sealed."""
        with using(self.database or str(self.home / "kesu.sqlite3")):
            return Unsealed.objects.count()


class Server:
    """A real `kesu.site.serve`, by a clock that can be set while it runs."""

    def __init__(self, home: Home, name: str, off: timedelta, settings: dict[str, str]) -> None:
        self.clock, self.log = home.folder / f"clock-{name}", home.folder / f"log-{name}"
        clock_file(self.clock, off)
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = int(probe.getsockname()[1])
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "kesu.site.serve", "--port", str(self.port)],
                env=home.environment | settings | {"KESU_TEST_CLOCK": str(self.clock)},
                stdout=log,
                stderr=log,
            )

    def set(self, off: timedelta) -> None:
        """Its clock is off by so much from now on."""
        clock_file(self.clock, off)

    def health(self) -> str:
        """What /healthz says; nothing while it does not answer."""
        asking = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            asking.request("GET", "/healthz")
            return asking.getresponse().read().decode().strip()
        except OSError:
            return ""
        finally:
            asking.close()

    def wait(self, text: str, *, within: float = 60) -> None:
        """Until this stands in its log."""
        until = time.monotonic() + within
        while text not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, f"no “{text}” in {self.log.read_text()[-3000:]}"
            time.sleep(0.2)


class Person:
    """Somebody before the pages of one server."""

    def __init__(self, server: Server, username: str) -> None:
        self.browser, self.status = Browser(server.port), 0
        page = self.get("/sign-in/")
        self.post("/sign-in/", page.form("/sign-in/") | {"username": username, "password": PASSWORD})
        assert self.status == 302, f"{username}: {self.status} {server.log.read_text()[-2000:]}"

        choice = self.get("/organisation/")
        if choice.all("form", action="/organisation/"):  # who looks after both laboratories
            self.post("/organisation/", choice.form("/organisation/") | {"organisation": "hengce"})

    def get(self, path: str) -> Element:
        """The page at an address."""
        return self._read(path, None)

    def post(self, path: str, typed: dict[str, object]) -> Element:
        """What comes back when this is sent."""
        return self._read(path, typed)

    def receive(self) -> str:
        """A complaint that he registers: the address of its case."""
        sent = self.get("/register/").form("/register/")
        known = {"f-complainant": "张三", "f-channel": "phone", "f-account": "结果和上次差很多"}
        answer = self.browser.ask("/register/", sent | known)
        assert answer is not None
        assert answer[0] == 302, read(answer[2]).one("main").text()
        return answer[1].replace("/register/", "/cases/")

    def note(self, case: str, text: str) -> Element:
        """Sends a note to a case; the answer of the server."""
        address = f"{case}steps/note/"
        return self.post(address, self.get(address).form(address) | {"f-text": text})

    def _read(self, path: str, typed: dict[str, object] | None) -> Element:
        answer = self.browser.ask(path, typed)
        assert answer is not None, path
        self.status, _, page = answer
        return read(page)


@contextmanager
def serving(home: Home, name: str, off: timedelta = timedelta(0), **settings: str) -> Iterator[Server]:
    """A server on this home, until the block ends; `settings` are variables of its environment."""
    server = Server(home, name, off, settings)
    try:
        until = time.monotonic() + 90
        while not server.health():
            assert server.process.poll() is None, server.log.read_text()
            assert time.monotonic() < until
            time.sleep(0.1)
        yield server
    finally:
        server.process.terminate()
        server.process.wait(timeout=30)


@contextmanager
def staffed_home(folder: Path) -> Iterator[Home]:
    """Two laboratories with everybody in his post and no case yet."""
    database = new_database() if connection.vendor == "postgresql" else ""
    home = Home(folder, database)
    try:
        made = home.run("-c", STAFFED)
        assert made.returncode == 0, made.stderr
        yield home
    finally:
        connections.close_all()
        if database:
            drop(database)


def clock_file(path: Path, off: timedelta) -> Path:
    """Says by how much a clock is off; replaced as a whole, so that nobody reads half of it."""
    draft = path.with_suffix(".new")
    draft.write_text(str(off.total_seconds()))
    return draft.replace(path)


def watch() -> str:
    """What a watch shows now in China, with its year."""
    return f"{datetime.now(UTC).astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%d %H:%M}"
