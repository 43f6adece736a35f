"""The real server on a small home, asked through a browser in which somebody has signed in."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
from bench.crash.browsers import PASSWORD, Browser
from tests.office.upkeep.homes import ROOT, Home, answers, free_port
from tests.pages.html import Element, read

SIGN_IN = f"""
from django.utils import timezone
from kesu.caseload.models import CaseRow
from kesu.people.models import Person, User
from kesu.registry.register_acts import RegisterAct, register
user = User.objects.create_user(username="zhou", name="zhou", password="{PASSWORD}")
register(
    RegisterAct("person/p-zhou", "sign in given", {{"sign in": user.pk}}),
    organisation="hengce", person=Person.objects.get(name="秦管").person, now=timezone.now(), key="zhou signs in",
)
print(CaseRow.objects.get().file.partition("/")[2])
"""


class Served:
    """The real server on a small home, and a browser in which Zhou has signed in, before a form to be sent."""

    def __init__(self, home: Home) -> None:
        self.home, self.port = home, free_port()
        self.case = home.python(SIGN_IN).strip()
        self.action = f"/cases/{self.case}/steps/note/"
        self.log = home.folder.with_suffix(".log").open("a")
        self.process = psutil.Popen(
            [sys.executable, "-m", "kesu.site.serve", "--port", str(self.port)],
            cwd=ROOT, env=home.environment, stdout=self.log, stderr=self.log,
        )  # fmt: skip
        until = time.monotonic() + 60
        while not answers(self.port):
            assert self.process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.1)
        self.browser = Browser(self.port)
        form = self.page("/sign-in/").form("/sign-in/")
        sent = self.browser.ask("/sign-in/", {**form, "username": "zhou", "password": PASSWORD})
        assert (sent or (0,))[0] == 302, sent

    def page(self, path: str) -> Element:
        """A page that has to be there."""
        answer = self.browser.ask(path)
        assert answer is not None
        assert answer[0] == 200, answer[2]
        return read(answer[2])

    def form(self) -> dict[str, object]:
        """The form of a note, filled in."""
        return {**self.page(self.action).form(self.action), "f-text": "写到一半的话"}

    def send(self, sent: dict[str, object]) -> tuple[int, Element]:
        """What becomes of it."""
        answer = self.browser.ask(self.action, sent)
        assert answer is not None
        return answer[0], read(answer[2])

    def end(self) -> None:
        """Stops the server."""
        self.process.terminate()
        self.process.wait(timeout=30)
        self.log.close()


@contextmanager
def served(home: Home) -> Iterator[Served]:
    """While a test asks it."""
    server = Served(home)
    try:
        yield server
    finally:
        server.end()
