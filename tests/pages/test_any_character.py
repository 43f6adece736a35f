"""Whatever is written into an address or a field: no page fails, on either database, and none takes long."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import quote

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from tests.pages.desk import Desk
from tests.pages.html import read
from tests.pages.recurring import a_report, a_year, enforce
from tests.pages.test_batches import complaints, in_force
from tests.pages.test_permissions import beside_the_file

from kesu.caseload.models import BarredRow, CaseRow
from kesu.desk.pages import cases as case_pages
from kesu.desk.urls import urlpatterns
from kesu.ledger.models import Entry
from kesu.people import guessing
from kesu.people.models import Item

NUL, ESC, TURNED = "\x00", "\x1b", "\u202e"
REFUSED = [f"a{NUL}b", f"{ESC}[31m", f"{TURNED}gpj.exe", "\x7f", "\x85"]
TAKEN = [
    "9" * 5000, "-1", "0", "4" * 18, "²", "१२", "0001-01-01", "0001-01-01T00:00:00+14:00 x", "9999-12-31T23:59:59-14:00 x",
    "3.6 10:10:99", "2026-01-01 00:00 x", "..", "../../ledger", "%00", "%", "_", "'", '"', "\\", "<b>", "{{ 1 }}", "%(n)s", "\u200b",
    "😀" * 50, "é" * 500, "//evil.example", " " * 1000, "\t", "a\r\nb", "NaN", "1e999", "１２３", "null", "[]",
]  # fmt: skip
LONG = ["1:" + " " * 50_000 + "x", "(" * 100_000, "“" * 100_000, "1." * 50_000]
LONGEST = 4.0  # seconds of work for a page with 100 kB in each of its fields; it stands in the page and is escaped there
QUERIES = (
    "after", "view", "text", "kind", "state", "grade", "topic", "procedure", "year", "site", "start", "span", "entry", "as", "next",
    "person", "post", "f-at", "f-entry", "f-text", "more",
)  # fmt: skip
KEPT_OUT = {
    "sign out",
    "demo sign in",
    "language",
    "choose",
    "health",
}  # health tells of the ledger, not of what was asked


@pytest.fixture
def files(desk: Desk) -> dict[str, str]:
    """A file of each kind that has a page."""
    house = desk.house
    in_force(house)
    enforce(house)
    made = {"case": house.handed_over(), "programme": a_year(house), "report": a_report(house)}
    complaints(house, 1)
    watch = CaseRow.objects.get(organisation=house.organisation, procedure="office-watch")
    return {**made, "batch": watch.file}


@pytest.fixture
def browsers(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[Client]:
    """Who sees most pages: the quality manager and the administrator, and nobody."""
    monkeypatch.setattr(guessing, "sleep", lambda seconds: None)
    signed_in = [desk.as_(name).client for name in ("顾明", "秦越")]
    browsers = [*signed_in, Client()]
    for browser in browsers:
        browser.raise_request_exception = False
    return browsers


def addresses(files: dict[str, str]) -> dict[str, str]:
    """Every address that can be opened, with files and names that there are."""
    found = {}
    for route in urlpatterns:
        if route.name in KEPT_OUT:
            continue
        given = beside_the_file(route)
        if "<str:case_id>" in str(route.pattern):
            given["case_id"] = files.get(route.name, files["case"]).partition("/")[2]
        found[route.name] = reverse(route.name, kwargs=given)
    return found


def test_no_text_in_an_address_fails(files: dict[str, str], browsers: list[Client]) -> None:
    failed = []
    for name, path in addresses(files).items():
        for text in [*REFUSED, *TAKEN]:
            asked = "&".join(f"{query}={quote(text)}" for query in QUERIES)
            for browser in browsers[1:]:
                status = browser.get(f"{path}?{asked}").status_code
                if status >= 500 or (text in REFUSED and status not in (301, 302, 400, 404, 405)):
                    failed.append((name, text[:20], status))
    assert failed == []


def test_no_text_in_a_path_fails(files: dict[str, str], browsers: list[Client]) -> None:
    places = (
        "/cases/{}/", "/cases/{}/steps/note/", "/register/{}/", "/items/one/{}/", "/procedures/{}/", "/calendars/{}/", "/people/{}/",
        "/how-we-handle-complaints/hengce/{}/", "/how-we-handle-complaints/{}/lab-pd-007/", "/reports/{}/", "/batches/{}/",
        f"/cases/{files['case'].partition('/')[2]}/steps/{{}}/", f"/cases/{files['case'].partition('/')[2]}/limits/{{}}/", "/{}/",
    )  # fmt: skip
    failed = []
    for place in places:
        for text in [*REFUSED, *TAKEN]:
            for browser in browsers[:1]:
                status = browser.get(place.format(quote(text, safe=""))).status_code
                if status >= 500 or (text in REFUSED and status == 200):
                    failed.append((place, text[:20], status))
    assert failed == []


def forms(browser: Client, path: str) -> list[tuple[str, dict[str, list[str]]]]:
    """The forms of a page, as they stand: where each is sent, and its fields."""
    answer = browser.get(path, follow=True)
    if answer.status_code != 200:
        return []
    page = read(answer.content.decode())
    sent = []
    for form in page.all("form", method="post"):
        action = form.attrs["action"].partition("#")[0]
        if not any(way in action for way in ("sign-out", "language", "sign-in/demo")):
            sent.append((action, page.form(action)))
    return sent


WHO_OPENS = {
    0: ("register", "step"),
    1: ("appoint", "new item", "item", "password"),
    2: ("sign in",),
}  # of the browsers


@pytest.mark.parametrize(
    "texts", [REFUSED, TAKEN[::2], TAKEN[1::2], LONG], ids=["refused", "odd", "even", "long"]
)
def test_no_text_in_a_field_fails_and_what_nobody_types_is_not_recorded(
    texts: list[str], files: dict[str, str], browsers: list[Client]
) -> None:
    before, failed, where = Entry.objects.count(), [], addresses(files)
    for text in texts:
        for place, names in WHO_OPENS.items():
            for action, fields in (one for name in names for one in forms(browsers[place], where[name])):
                everywhere = {field: [text] for field in fields if field != "csrfmiddlewaretoken"}
                begun = time.thread_time()
                status = browsers[place].post(action, everywhere).status_code
                took = time.thread_time() - begun
                if status >= 500 or took > LONGEST or (texts is REFUSED and status != 400):
                    failed.append((text[:12], action, status, round(took, 2)))
    assert failed == []
    if texts is REFUSED:
        assert (Entry.objects.count(), BarredRow.objects.count()) == (before, 0)


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "gb18030", "latin-1", "rot13", "x", "hex"])
def test_another_encoding_is_refused(charset: str, desk: Desk) -> None:
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    answer = Client().generic("POST", "/sign-in/", b"username=a&password=b", content_type=kind)
    assert answer.status_code == 415


def test_what_cannot_be_read_is_taken_out_and_the_rest_comes_back(desk: Desk) -> None:
    mine = desk.as_("周小雨")
    file = mine.house.received()
    address = mine.step(file, "note")
    page = mine.post(address, mine.get(address).form(address) | {"f-text": [f"抄来的{NUL}一段{TURNED}话"]})
    assert mine.status == 400
    again = page.form(address)
    assert again["f-text"] == ["抄来的一段话"]
    mine.post(address, again)
    assert "抄来的一段话" in mine.case(file).text()


def test_a_form_of_another_site_is_repeated_to_nobody(desk: Desk) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.house.user("周小雨"))
    answer = client.post("/register/", {"f-account": f"untergeschoben{NUL}"})
    assert answer.status_code == 403
    assert "untergeschoben" not in answer.content.decode()


@pytest.mark.parametrize(
    "number", ["..", ".", "../../ledger", "a/../b", "x" * 151, "a//b", "a\nb", "a\u2028b"]
)
def test_an_item_whose_page_could_not_be_reached_is_not_registered(number: str, desk: Desk) -> None:
    mine = desk.as_("秦越")
    form = mine.get("/items/new/").form("/items/new/")
    page = mine.post("/items/new/", form | {"number": number, "kind": "report", "received": "2026-03-06"})
    assert mine.status == 422
    assert "不能作编号" in page.one(role="alert").text()
    assert not Item.objects.filter(key=number).exists()


def test_a_database_that_does_not_answer_is_said_and_nothing_is_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: Any, **__: Any) -> Any:
        raise OperationalError("database is locked")

    mine = desk.as_("顾明")
    mine.client.raise_request_exception = False
    monkeypatch.setattr(case_pages, "cases", locked)
    page = mine.get("/cases/")
    assert mine.status == 503
    assert page.one("h1").text() == "服务器现在办不了"
