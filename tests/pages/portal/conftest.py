"""The portal of the laboratory: open, and a browser of somebody who has no account."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from tests.pages.conftest import Clock
from tests.pages.house import House, at
from tests.pages.html import Element, read

from kesu.caseload.acting.answers import Done
from kesu.demo.papers import drawn
from kesu.people import guessing
from kesu.people.directory import directory_of
from kesu.registry.portal_settings import set_portal

_keys = itertools.count(1)
SAID = {
    "f-complainant": "李女士",
    "f-phone": "13812346621",
    "f-account": "报告比约定晚了三天。",
    "agree": "1",
}


def settled(house: House, **values: str) -> None:
    """The portal as the administrator of the house settles it."""
    answer = set_portal(
        {name.replace("_", " "): value for name, value in values.items()},
        directory=directory_of(house.organisation),
        person=house.persons["秦越"],
        now=at("2026-03-09 08:00"),
        key=f"portal {next(_keys)}",
    )
    assert isinstance(answer, Done), answer


class Visitor:
    """A browser at the portal; `address` is where it comes from."""

    def __init__(self, house: House, *, address: str = "203.0.113.7", language: str = "zh-hans") -> None:
        self.house, self.status = house, 0
        self.client = Client(REMOTE_ADDR=address)
        self.client.cookies["django_language"] = language
        self.last: HttpResponse

    def get(self, place: str = "") -> Element:
        """A page, redirects followed."""
        return self._read(self.client.get(self.at(place), follow=True))

    def post(self, place: str, typed: dict[str, Any]) -> Element:
        """What comes back when this is sent."""
        return self._read(self.client.post(self.at(place), typed, follow=True))

    def fill(self, place: str, **typed: Any) -> Element:
        """Opens a form, types into it and sends it."""
        sent = self.get(place).form(self.at(place))
        return self.post(place, {**sent, **typed})

    def complain(self, **typed: Any) -> Element:
        """A complaint, with what is typed besides; what is None is left out."""
        said = {name: value for name, value in {**SAID, **typed}.items() if value is not None}
        sent = self.get("complain/").form(self.at("complain/"))
        sent = {name: value for name, value in sent.items() if name in ("key", "procedure")}
        return self.post("complain/", {**sent, **said})

    def look_up(self, number: str, code: str) -> Element:
        """His complaint, or why not."""
        return self.post("look-up/", {"number": number, "code": code})

    def at(self, place: str) -> str:
        """The address of a page of this house."""
        return f"/portal/{self.house.organisation}/{place}"

    def _read(self, answer: Any) -> Element:
        self.last, self.status = answer, answer.status_code
        return read(answer.content.decode())


def given(page: Element) -> tuple[str, str]:
    """Number and code, as the page says them once the complaint was taken."""
    number, code = (one.text() for one in page.all("dd", class_="big"))
    return number, code


def picture(name: str = "收据.png") -> SimpleUploadedFile:
    """A photo."""
    return SimpleUploadedFile(name, drawn("收据"), content_type="image/png")


@pytest.fixture
def visitor(house: House, clock: Clock) -> Visitor:
    """Somebody at the open portal of the laboratory, Monday, 9 March 2026, 10:20."""
    settled(house, open="yes")
    return Visitor(house)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that were made, without waiting for them."""
    made: list[float] = []
    monkeypatch.setattr(guessing, "sleep", made.append)
    return made
