"""Every address as every kind of person: it opens for those alone whom the table of permissions names."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, reverse
from django.utils import timezone
from tests.pages.desk import Desk
from tests.pages.house import House, at
from tests.pages.html import read
from tests.pages.portal.conftest import settled
from tests.pages.recurring import a_report, a_year, enforce
from tests.pages.test_batches import complaints, in_force

from kesu.caseload.acting.answers import Done
from kesu.caseload.models import CaseRow
from kesu.demo.papers import drawn
from kesu.desk.urls import urlpatterns
from kesu.desk.who.half_in import let_half_in
from kesu.people.directory import directory_of
from kesu.people.models import Person, User
from kesu.people.permissions import (
    ANYBODY,
    CASE_POST,
    COLUMNS,
    COMPLAINING,
    PART,
    QUALITY_MANAGER,
    SERVER,
    SIGNED_IN,
    TABLE,
    standing_in,
)
from kesu.people.posts import OFFICE_POSTS, READING_POSTS
from kesu.people.provider import Provider
from kesu.procedure.written.library import here
from kesu.registry.drafts import draft_edition
from kesu.registry.enforce_with_settings import NewSetting

ADMINISTRATOR = "秦越"
SPECIALIST = "customer service specialist"
WALKING = [
    column for column in COLUMNS if column not in (SERVER, COMPLAINING)
]  # whoever complains walks through the portal: portal/test_portal_permissions.py
FILES = {
    "batch": "watch",
    "programme": "programme",
    "report": "report",
}  # the others are walked with a complaint
PICTURE = drawn("一页")
GIVEN: dict[str, dict[str, str]] = {  # what an address asks beside the file
    "evidence file": {"digest": sha256(PICTURE).hexdigest()},
    "preview": {"digest": sha256(PICTURE).hexdigest()},
    "letter": {"name": "receipt"},
    "print record": {"entry": "1"},
    "returned scan": {"digest": sha256(PICTURE).hexdigest()},
    "step": {"slug": "note"},
    "due": {"place": "0"},
    "item": {"key": "HC-0101"},
    "procedure": {"name": "lab-pd-007"},
    "flow": {"name": "lab-pd-007"},
    "ways": {"name": "lab-pd-007"},
    "gaps": {"name": "lab-pd-007"},
    "draft form": {"name": "lab-pd-007"},
    "draft": {"name": "lab-pd-007", "number": "2"},
    "one edition": {"name": "lab-pd-007", "number": "1"},
    "print edition": {"name": "lab-pd-007", "number": "1"},
    "calendar": {"name": "main"},
    "change calendar": {"name": "main"},
    "appoint": {"kind": "post"},
    "cases out": {"kind": "csv"},
    "prices out": {"kind": "csv"},
    "drop view": {"number": "1"},
    "customer": {"customer": "nobody"},
    "print description": {"organisation": "hengce", "name": "lab-pd-007"},
    "by provider": {"provider": "oidc"},
    "back from provider": {"provider": "oidc"},
    "join provider": {"provider": "oidc"},
    "description": {"organisation": "hengce", "name": "lab-pd-007"},
}
LISTS = (
    "work",
    "register",
    "cases",
    "draw",
    "customers",
    "batches",
    "programmes",
    "reports",
    "items",
    "procedures",
    "people",
    "setup",
    "barred",
    "access",
    "ledger",
)
LAST = ("demo sign in", "sign out")  # after these somebody else sits at the screen, or nobody
SENT = {  # addresses that are sent to, with what is sent
    "find": {"f-complainant": "李"},
    "form draft": {},
    "keep view": {"title": "x", "query": "view=all"},
    "drop view": {},
    "compare": {"with": "0" * 32, "likeness": "related"},
    "contact": {"entry": "1"},
    "give checkpoint": {"as": "file"},
    "language": {"language": "zh"},
    "theme": {"theme": "dark"},
    "lookup code": {},
    "sign out": {},
    "unlock": {"path": "/", "password": "x"},
}


def newcomer(house: House, key: str, *posts: str) -> str:
    """A person of the organisation with a sign-in and these posts alone."""
    made = User.objects.create_user(username=f"new-{key}", name=key)
    person, since = f"p-new-{key.replace(' ', '-')}", at("2026-03-01 09:00")
    house.note(
        ADMINISTRATOR,
        f"person/{person}",
        "person registered",
        "2026-03-01 09:00",
        name=f"new {key}",
        **{"sign in": made.pk},
    )
    for post in posts:
        given: dict[str, Any] = {"person": person, "unit": "quality", "from": since}
        house.note(ADMINISTRATOR, f"post/{post}", "post taken", "2026-03-01 09:00", **given)
    house.persons[f"new {key}"] = person
    return person


@pytest.fixture
def files(desk: Desk) -> dict[str, str]:
    """A file of each kind that has a page of its own, by kind."""
    house = desk.house
    settled(house, open="yes")
    in_force(house)
    enforce(house)
    made = {"complaint": house.handed_over(), "programme": a_year(house), "report": a_report(house)}
    page = house.sent_in("周小雨", PICTURE, "一页.png", "2026-03-09 09:40")
    house.do("周小雨", "note", "2026-03-09 09:40", made["complaint"], text="一页", evidence_files=[page])
    complaints(house, 1)
    a_draft(house)
    watch = CaseRow.objects.get(organisation=house.organisation, procedure="office-watch")
    return {**made, "watch": watch.file}


def a_draft(house: House) -> None:
    """The second entry of the file of editions: a draft that waits to be reviewed."""
    answer = draft_edition(
        "lab-pd-007", library=here(), settings=[NewSetting("hand-over time", "4 working days", "分两处办公")],
        since=at("2026-03-09 10:20"), reviewer=house.persons["顾明"], approver=house.persons["陆建国"], reason="",
        organisation=house.organisation, person=house.persons[ADMINISTRATOR], now=at("2026-03-09 10:20"), key="draft",
    )  # fmt: skip
    assert isinstance(answer, Done), answer


@pytest.fixture
def somebody(desk: Desk, files: dict[str, str]) -> dict[str, Client]:
    """For each column of the table a browser of somebody who stands in that column and in no other that it does not imply."""
    house = desk.house
    posts = {CASE_POST: SPECIALIST, QUALITY_MANAGER: QUALITY_MANAGER, **{post: post for post in OFFICE_POSTS}}
    for column in (SIGNED_IN, PART, *posts):
        newcomer(house, column, *([posts[column]] if column in posts else []))
    took_part(house, f"new {PART}", files.values())
    for column in (SIGNED_IN, PART, *posts):  # a scan of his own, which nobody else sees
        house.sent_in(f"new {column}", PICTURE, "一页.png", "2026-03-09 10:10")
    signed_in = {column: desk.as_(f"new {column}").client for column in WALKING if column != ANYBODY}
    return {ANYBODY: Client(), **signed_in}


def took_part(house: House, name: str, files: Iterable[str]) -> None:
    """Somebody held a post for an hour and noted something in each file; since then he has none."""
    person, post = house.persons[name], f"post/{SPECIALIST}"
    given: dict[str, Any] = {"person": person, "unit": "quality", "from": at("2026-03-09 09:00")}
    house.note(ADMINISTRATOR, post, "post taken", "2026-03-09 09:00", **given)
    for file in files:
        house.do(name, "note", "2026-03-09 10:00", file, text="看过")
    number = next(row.number for row in directory_of(house.organisation).holdings if row.person == person)
    ended: dict[str, Any] = {"entry": number, "until": at("2026-03-09 10:05")}
    house.note(ADMINISTRATOR, post, "post left", "2026-03-09 10:05", **ended)


def beside_the_file(route: URLPattern) -> dict[str, str]:
    """What an address asks beside the file, with an edition and a person that there are."""
    given = dict(GIVEN.get(str(route.name), {}))
    if "<str:digest>" in str(route.pattern) and "<str:name>" in str(route.pattern):
        given = {"name": "lab-pd-007", "digest": directory_of("hengce").editions["lab-pd-007"][0].digest}
    if "<str:person>" in str(route.pattern):
        given["person"] = Person.objects.get(organisation="hengce", name="吴涛").person
    return given


def address(name: str, files: dict[str, str]) -> str:
    """The address of a route, with a file of its kind where it asks for one."""
    route = next(route for route in urlpatterns if route.name == name)
    given = beside_the_file(route)
    if "<str:case_id>" in str(route.pattern):
        given["case_id"] = files[FILES.get(name, "complaint")].partition("/")[2]
    return reverse(name, kwargs=given)


def ask(client: Client, name: str, path: str, house: House) -> Any:
    if name == "sign in code":  # for whoever has just given his password
        request = RequestFactory().get(path)
        request.session = client.session
        let_half_in(request, house.user("周小雨"), also=(), now=timezone.now())
        request.session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
    if name == "demo sign in":
        return client.post(path, {"person": house.persons["周小雨"]})
    return client.post(path, SENT[name]) if name in SENT else client.get(path)


def is_open(answer: HttpResponse) -> bool:
    """Whether an address opened: it is not said to be missing, and nobody is led to the sign-in instead.

    Signing out leads there too, and takes everything that the browser kept.
    """
    led = answer.headers.get("Location", "").partition("?")[0]
    return answer.status_code != 404 and (led != reverse("sign in") or "Clear-Site-Data" in answer.headers)


def test_every_address_stands_under_a_row_of_the_table() -> None:
    rows = [row for rows in TABLE.values() for row in rows]
    assert [
        route.name for route in urlpatterns if getattr(route.callback, "permission", None) not in rows
    ] == []


def test_an_address_opens_for_those_whom_the_table_names_and_for_nobody_else(
    desk: Desk, files: dict[str, str], somebody: dict[str, Client], settings: Any
) -> None:
    settings.DEMO = True  # else nobody can sign in by a click
    settings.PROVIDERS = {
        "oidc": Provider("oidc", "kesu", "secret", "http://127.0.0.1:9")
    }  # where nobody answers
    routes = sorted(urlpatterns, key=lambda route: LAST.index(route.name) if route.name in LAST else -1)
    opened, told = {}, {}
    for column, client in somebody.items():
        for route in routes:
            if column == QUALITY_MANAGER and route.name in FILES:
                continue  # the procedures of those files have no such post
            path = address(route.name, files)
            opened[column, route.name] = is_open(ask(client, route.name, path, desk.house))
            told[column, route.name] = route.callback.permission.allows(standing_in(column))
    assert {place for place in opened if opened[place] != told[place]} == set()


def test_the_side_offers_the_pages_that_the_table_offers(somebody: dict[str, Client]) -> None:
    rows = {route.name: route.callback.permission for route in urlpatterns if route.name in LISTS}
    for column in (column for column in somebody if column != ANYBODY):
        page = read(somebody[column].get("/people/").content.decode())
        links = page.one("nav", class_="side").all("a") + page.one("header", class_="top").all(
            "a", class_="button"
        )
        told = {reverse(name) for name, row in rows.items() if row.is_offered(standing_in(column))}
        if column in READING_POSTS:
            told -= {reverse("register")}  # who is here to read begins nothing
        assert {link.attrs["href"] for link in links} == told, column
