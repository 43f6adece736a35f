"""Whoever of the demo opens My work finds nothing there that he cannot do: every button opens a form that can be sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from tests.office.demo_once import NOW, copy_of_the_demo
from tests.pages.desk import BACKEND
from tests.pages.html import Element, read

from kesu.people.models import Person, User


@pytest.fixture(scope="module")
def demo(django_test_environment: None, django_db_blocker: Any) -> Iterator[list[tuple[str, str]]]:
    """The demo, and the persons of two of its organisations: the second laboratory is the first once more."""
    with copy_of_the_demo(django_db_blocker):
        rows = Person.objects.exclude(organisation="hengjian").order_by("organisation", "person")
        yield [(row.organisation, row.person) for row in rows if User.objects.filter(persons=row).exists()]


class Browser:
    """One person at his desk."""

    def __init__(self, organisation: str, person: str) -> None:
        self.client = Client()
        self.client.force_login(
            User.objects.get(persons__organisation=organisation, persons__person=person), backend=BACKEND
        )
        self.client.cookies["django_language"] = "zh-hans"
        session = self.client.session
        session["organisation"] = organisation
        session.save()

    def get(self, path: str) -> Element:
        return read(self.client.get(path, follow=True).content.decode())

    def buttons(self) -> list[str]:
        """Where the buttons of the rows in My work lead."""
        found = self.get("/").all("section", id="mine")
        links = [one.attrs["href"].partition("#")[0] for part in found for one in part.all("a")]
        return [link for link in links if "/steps/" in link]

    def can_send(self, address: str) -> bool:
        """Whether the form stands open there, as his own and without a reason against it."""
        page = self.get(address)
        forms = [one for one in page.all("form") if one.attrs["action"].partition("#")[0] == address]
        for_other = [one for form in forms for one in form.all("input", name="for-other")]
        reasons = page.one(id="act").all(class_="summary")
        return len(forms) == 1 and not reasons and all("checked" not in one.attrs for one in for_other)


def test_every_button_of_my_work_of_everybody_opens_a_form_that_can_be_sent(
    demo: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    clicked, shut = 0, []
    for organisation, person in demo:
        browser = Browser(organisation, person)
        for address in browser.buttons():
            clicked += 1
            if not browser.can_send(address):
                shut.append((organisation, person, address))
    assert shut == []
    assert clicked > 250
