"""Who may open what; and hidden means: as if it had never been."""

from __future__ import annotations

import re

import pytest
from tests.pages.desk import Desk
from tests.pages.house import House, at

from kesu.desk.models import Access
from kesu.ledger.seal import seal

PAGES = (
    "/",
    "/register/",
    "/cases/",
    "/items/",
    "/procedures/",
    "/procedures/lab-pd-007/",
    "/procedures/lab-pd-007/ways/",
    "/calendars/main/",
)
PAGES += ("/people/", "/people/post/", "/barred/", "/access/", "/ledger/", "/password/", "/items/new/")
CLOSED = {
    "周小雨": {"/items/", "/people/post/", "/barred/", "/access/", "/items/new/"},
    "顾明": {"/people/post/", "/access/", "/items/new/"},
    "叶文": {"/people/post/", "/items/new/"},
    "秦越": {"/barred/"},
    "吴涛": {"/items/", "/people/post/", "/barred/", "/access/", "/items/new/"},
    "邓颖": {"/people/post/", "/barred/", "/access/"},
}


@pytest.mark.parametrize("name", CLOSED)
def test_each_post_opens_its_own_pages_and_no_others(desk: Desk, name: str) -> None:
    mine = desk.as_(name)
    answers = {path: mine.client.get(path, follow=True).status_code for path in PAGES}
    assert {path for path, status in answers.items() if status == 404} == CLOSED[name]
    assert set(answers.values()) <= {200, 404}


@pytest.mark.parametrize("name", CLOSED)
def test_every_entry_at_the_side_can_be_opened_and_there_are_at_most_seven(desk: Desk, name: str) -> None:
    mine = desk.as_(name)
    entries = [one.attrs["href"] for one in mine.get("/people/").one("nav", class_="side").all("a")]
    assert len(entries) <= 7
    assert {path: mine.client.get(path, follow=True).status_code for path in entries} == dict.fromkeys(
        entries, 200
    )


def test_nobody_opens_anything_without_signing_in_but_the_description_and_the_health_check(
    desk: Desk,
) -> None:
    file = desk.house.received().partition("/")[2]
    for organisation in ("hengce", "hengjian"):
        seal(organisation, at("2026-03-09 10:20"))  # else the health check tells that something waits
    inside = [
        *PAGES,
        f"/cases/{file}/",
        f"/cases/{file}/steps/accepted/",
        f"/cases/{file}/limits/0/",
        f"/register/{file}/",
    ]
    answers = {path: desk.client.get(path) for path in inside}
    assert {one.status_code for one in answers.values()} == {302}
    assert {one.headers["Location"].split("?")[0] for one in answers.values()} == {"/sign-in/"}
    open_ = (
        "/healthz",
        "/sign-in/",
        "/how-we-handle-complaints/",
        "/how-we-handle-complaints/hengce/lab-pd-007/",
    )
    assert {path: desk.client.get(path).status_code for path in open_} == dict.fromkeys(open_, 200)


def test_a_hidden_case_answers_like_one_that_never_was(desk: Desk) -> None:
    file = desk.house.received()
    desk.house.do("周小雨", "registered", "2026-03-09 09:10", file, topic=["result quality"], item="HC-0102")
    mine, name = desk.as_("沈立"), file.partition("/")[2]
    for path in ("/cases/{}/", "/cases/{}/steps/accepted/", "/cases/{}/limits/0/", "/register/{}/"):
        hidden, none = mine.client.get(path.format(name)), mine.client.get(path.format("0" * 32))
        assert (hidden.status_code, none.status_code) == (404, 404)
        assert without_marks(hidden.content) == without_marks(none.content).replace(b"0" * 32, name.encode())


def without_marks(page: bytes) -> bytes:
    """Without the token of the form for another language, which is another one on every page."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", page)


def test_a_hidden_case_is_in_no_list_and_no_search_of_who_stays_out(desk: Desk) -> None:
    file = desk.house.received()
    desk.house.do("周小雨", "registered", "2026-03-09 09:10", file, topic=["result quality"], item="HC-0102")
    assert "TS-2026-0001" in desk.as_("顾明").get("/cases/?view=all&text=TS-2026").text()
    hidden = desk.as_("沈立")
    for path in ("/", "/cases/", "/cases/?view=all&text=TS-2026-0001", "/cases/?view=all&topic=time+limit"):
        assert "HC-0102" not in hidden.get(path).text()
        assert "没有" in hidden.get(path).one("main").text()


def test_a_case_of_the_other_laboratory_does_not_exist_here(desk: Desk) -> None:
    file = desk.house.received()
    other = Desk(House("hengjian")).as_("顾鸣")
    other.case(file)
    assert other.status == 404


def test_reading_the_published_description_is_logged_and_names_no_person(desk: Desk) -> None:
    page = desk.get("/how-we-handle-complaints/hengce/lab-pd-007/")
    assert [one.text() for one in page.all("h2")] == [
        "1. 接收",
        "2. 确认与受理",
        "3. 调查",
        "4. 作出决定",
        "5. 告知与结束",
    ]
    assert not any(name in page.text() for name in desk.house.persons)
    assert [(row.what, row.organisation, row.person) for row in Access.objects.all()] == [
        ("description read", "hengce", "")
    ]


def test_a_phone_number_is_masked_and_whoever_has_it_shown_is_logged(desk: Desk) -> None:
    file = desk.house.received()
    mine = desk.as_("顾明")
    page = mine.case(file)
    assert "138****6621" in page.one(id="told").text()
    assert "13812346621" not in mine.last.content.decode()
    shown = mine.post(f"/cases/{file.partition('/')[2]}/contact/", {"entry": "1"})
    assert "13812346621" in shown.one(id="told").text()
    assert [(row.what, row.person, row.file) for row in Access.objects.all()] == [
        ("contact shown", desk.house.persons["顾明"], file)
    ]


def test_barred_acts_are_listed_for_the_quality_manager_with_their_clauses(desk: Desk) -> None:
    file = desk.house.handed_over()
    mine = desk.as_("周小雨")
    mine.post(mine.step(file, "not accepted"), {"key": "k1", "f-reason": "不归我们管"})
    row = desk.as_("顾明").get("/barred/").one("tbody").one("tr").text()
    assert row == "2026年3月9日（周一）10:20 周小雨 不予受理 TS-2026-0001 7.9.2、7.9.7"
