"""A browser without a screen: signs in as somebody, opens pages, fills in forms as they stand."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client
from tests.pages.house import House
from tests.pages.html import Element, read

BACKEND = "kesu.people.sign_in.ByNameOrEmail"


class Desk:
    """Pages as one person sees them; `as_` changes the person."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.client = Client()
        self.status = 0
        self.last: HttpResponse

    def as_(self, name: str, language: str = "zh") -> Desk:
        """Signs in as this person."""
        made = Desk(self.house)
        made.client.force_login(self.house.user(name), backend=BACKEND)
        made.client.cookies["django_language"] = "en" if language == "en" else "zh-hans"
        session = made.client.session
        session["organisation"] = self.house.organisation
        session.save()
        return made

    def get(self, path: str) -> Element:
        """The page at an address, redirects followed."""
        return self._read(self.client.get(path, follow=True))

    def post(self, path: str, data: dict[str, Any]) -> Element:
        """What comes back when this is sent."""
        return self._read(self.client.post(path, data, follow=True))

    def take(self, file: str, step: str, **typed: Any) -> Element:
        """Opens the form of a step, types into it and sends it."""
        address = self.step(file, step)
        sent = self.get(address).form(address)
        return self.post(address, {**sent, **fields(**typed)})

    def case(self, file: str) -> Element:
        """The page of a case."""
        return self.get(f"/cases/{file.partition('/')[2]}/")

    def step(self, file: str, step: str) -> str:
        """The address of a step."""
        return f"/cases/{file.partition('/')[2]}/steps/{step.replace(' ', '-')}/"

    def _read(self, answer: Any) -> Element:
        self.last, self.status = answer, answer.status_code
        return read(answer.content.decode())


def fields(**typed: Any) -> dict[str, Any]:
    """Names of facts as the inputs are called: relevance_reason is f-relevance-reason, `at` is f-at."""
    plain = ("key", "seen")
    return {name if name in plain else "f-" + name.replace("_", "-"): value for name, value in typed.items()}
