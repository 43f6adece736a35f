"""Real homes, each with a database of its own, and the commands and the server that run in them as they do for an office."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from bench.crash.browsers import Browser
from tests.pages.html import read

ROOT = Path(__file__).parents[3]
KESU = Path(sys.executable).with_name("kesu")
READY = 120.0  # seconds
PATIENCE = 300.0  # seconds that a command may take, on a machine that does much else too


@dataclass(frozen=True)
class Home:
    """A folder, and the address of its database where that is not SQLite's file in it."""

    folder: Path
    address: str | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What a process of this home is told."""
        told = {
            name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "KESU_DEMO")
        }
        told |= {"KESU_HOME": str(self.folder), "DJANGO_SETTINGS_MODULE": "kesu.site.settings"}
        return told | ({"DATABASE_URL": self.address} if self.address else {})

    def ran(self, *words: str, lang: str = "en", typed: str = "") -> subprocess.CompletedProcess[str]:
        """A command, whatever becomes of it; `typed` is what it reads."""
        return subprocess.run(
            [str(KESU), "--lang", lang, *words], cwd=ROOT, env=self.environment, input=typed,
            capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip

    def kesu(self, *words: str, status: int = 0) -> str:
        """What a command prints, after seeing that it ended as it has to."""
        done = self.ran(*words)
        assert (words, done.returncode, done.stderr) == (words, status, ""), done.stdout + done.stderr
        return done.stdout

    def refused(self, *words: str) -> str:
        """What a command says that cannot be done as it was asked."""
        done = self.ran(*words)
        assert (words, done.returncode, done.stdout) == (words, 2, ""), done.stderr
        return done.stderr

    def told(self, *words: str, status: int = 0) -> Any:
        """The same for programs."""
        return json.loads(self.kesu(*words, "--json", status=status))

    def python(self, code: str) -> str:
        """What a piece of Python prints in this home."""
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}"],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def prepared(self) -> subprocess.CompletedProcess[str]:
        """What `kesu serve` does before it serves."""
        return subprocess.run(
            [sys.executable, "-m", "kesu.site.prepare"],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip

    @contextmanager
    def served(self) -> Iterator[int]:
        """`kesu serve --demo` on this home; the port, when the first page is there."""
        port = free_port()
        log = self.folder.with_suffix(".log")
        with log.open("a") as output:
            server = subprocess.Popen(
                [str(KESU), "serve", "--demo", "--port", str(port)],
                cwd=ROOT, env=self.environment, stdout=output, stderr=output,
            )  # fmt: skip
        try:
            until = time.monotonic() + READY
            while not answers(port):
                assert server.poll() is None, log.read_text()
                assert time.monotonic() < until, log.read_text()
                time.sleep(0.1)
            yield port
        finally:
            server.terminate()
            server.wait(timeout=60)


def free_port() -> int:
    """One that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether somebody serves pages there."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=5) as page:
            return bool(page.status == 200)
    except OSError:
        return False


def new_home(folder: Path, database: str, *, server: str | None = None) -> Home:
    """A home that is not there yet, with an empty database, on this server or on that of the run."""
    if database == "sqlite":
        return Home(folder)
    address, name = server or os.environ["TEST_DATABASE_URL"], f"kesu_{uuid4().hex[:12]}"
    base, _, host = address.partition("?")
    root = f"{base.rpartition('/')[0]}/postgres?{host}"
    with psycopg.connect(root, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return Home(folder, f"{base.rpartition('/')[0]}/{name}?{host}")


def signed_in(port: int) -> Browser:
    """A browser in which the first person of the demo has signed in by a click."""
    browser = Browser(port)
    page = _page(browser, "/sign-in/")
    form = next(one for one in page.all("form") if one.attrs["action"] == "/sign-in/demo/")
    sent = page.form("/sign-in/demo/")
    sent["person"] = [next(one.attrs["value"] for one in form.walk() if one.attrs.get("name") == "person")]
    answer = browser.ask("/sign-in/demo/", sent)
    assert (answer or (0,))[0] == 302, answer
    return browser


def noted(browser: Browser, case: str, text: str) -> int | None:
    """A note on a case, sent as the page has it; the status of the answer, None where the server was not there."""
    action = f"/cases/{case}/steps/note/"
    shown = browser.ask(action)
    if shown is None or shown[0] != 200:
        return shown and shown[0]
    answer = browser.ask(action, {**read(shown[2]).form(action), "f-text": text})
    return answer and answer[0]


def _page(browser: Browser, path: str) -> Any:
    answer = browser.ask(path)
    assert answer is not None
    assert answer[0] == 200, answer
    return read(answer[2])


BEGUN = """
from kesu.upkeep.upgrading import bring_up_to_date
bring_up_to_date()
"""
A_CASE = """
from django.utils import timezone
from tests.office.caseload.office import Office, at
from kesu.ledger.seal import seal
from kesu.ledger.start import ready_to_serve
office = Office("hengce")
office.accepted()
seal("hengce", at("2026-03-06 18:00"))
ready_to_serve(timezone.now())
"""
ANOTHER = """
from tests.office.caseload.office import Office, at
from kesu.ledger.seal import seal
office = object.__new__(Office)
office.organisation, office.persons = "hengce", {name: f"p-{name}" for name in ("zhou", "gu", "shen")}
office.accepted("2026-03-09 09:00")
seal("hengce", at("2026-03-09 18:00"))
"""


def small_home(folder: Path, database: str, *, server: str | None = None) -> Home:
    """A home with an organisation and one case, all of it sealed."""
    home = new_home(folder, database, server=server)
    folder.mkdir(mode=0o700)
    home.python(BEGUN + A_CASE)
    return home
