"""人员: somebody joins, signs in, is signed out, and leaves with everything handed on; all by the administrator's pages."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.pages.conftest import Clock
from tests.pages.desk import Desk
from tests.pages.html import Element

from kesu.desk.models import Access
from kesu.people.directory import directory_of
from kesu.people.models import Person, User

NEW = "/people/new/"


def add(desk: Desk, **typed: str) -> tuple[Desk, Element]:
    mine = desk.as_("秦越")
    sent = {name.replace("_", "-"): value for name, value in typed.items()}
    return mine, mine.post(NEW, {**mine.get(NEW).form(NEW), **sent})


def test_somebody_joins_with_a_post_and_a_password_that_is_shown_once(desk: Desk) -> None:
    mine, page = add(desk, name="白露", sign_in="bai", post="supervisor", unit="quality")
    assert (mine.status, page.one("h1").text()) == (200, "白露")
    given = page.one("b", class_="mono").text()
    browser = Client()
    assert browser.post("/sign-in/", {"username": "bai", "password": given}).headers["Location"] == "/"
    assert browser.get("/").headers["Location"] == "/password/"
    person = Person.objects.get(name="白露")
    assert given not in mine.get(f"/people/one/{person.person}/").text()
    assert directory_of("hengce").holders("supervisor", desk_now(desk))[-1] == person.person
    line = Access.objects.get(what="password given")
    assert line.file == f"person/{person.person}"


def desk_now(desk: Desk) -> object:
    from django.utils import timezone

    return timezone.now()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, {"name": "写姓名，最多 150 个字。"}),
        ({"sign_in": "b i"}, {"sign-in": "2 到 150 个字符，不含空格、/ 和 @。"}),
        ({"post": "pope"}, {"post": "请选岗位。"}),
        ({"until": "哪天"}, {"until": "写日期或时间，如 3.6 17:10 或 2026-03-06。"}),
        ({"sign_in": "qinyue"}, {"": "登录名“qinyue”已有人用，换一个"}),
        ({"until": "2026-03-01"}, {"": "结束时间不晚于开始时间"}),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_leaves_nobody_behind(
    desk: Desk, typed: dict[str, str], said: dict[str, str]
) -> None:
    before = (User.objects.count(), Person.objects.count())
    given = {"name": "白露", "sign_in": "bai", "post": "supervisor", "unit": "quality", **typed}
    mine, page = add(desk, **given)
    assert mine.status == 422
    lines = page.one(role="alert").one("ul").all("li")
    assert {
        (line.all("a")[0].attrs["href"].removeprefix("#") if line.all("a") else ""): line.text()
        for line in lines
    } == said
    assert page.one("input", id="name").attrs["value"] == given["name"]
    assert (User.objects.count(), Person.objects.count()) == before


def test_a_day_alone_ends_a_post_with_that_day(desk: Desk, clock: Clock) -> None:
    add(desk, name="白露", post="supervisor", unit="quality", until="2026-03-10")
    person = Person.objects.get(name="白露").person
    told = [
        person in directory_of("hengce").holders("supervisor", clock.set(moment))
        for moment in ("2026-03-10 23:59", "2026-03-11 00:00")
    ]
    assert told == [True, False]


def test_a_person_without_a_sign_in_is_given_one_later(desk: Desk) -> None:
    mine, _ = add(desk, name="白露")
    address = f"/people/one/{Person.objects.get(name='白露').person}/"
    page = mine.post(address, {**mine.get(address).form(address), "act": "sign-in", "sign-in": "bai"})
    given = page.one("b", class_="mono").text()
    assert Client().post("/sign-in/", {"username": "bai", "password": given}).status_code == 302


def test_open_sessions_are_listed_and_ended(desk: Desk) -> None:
    mine, page = add(desk, name="白露", sign_in="bai")
    given = page.one("b", class_="mono").text()
    browser = Client(REMOTE_ADDR="10.0.0.7")
    browser.post("/sign-in/", {"username": "bai", "password": given})
    address = f"/people/one/{Person.objects.get(name='白露').person}/"
    page = mine.get(address)
    assert "10.0.0.7" in page.text()
    session = page.one("input", name="session").attrs["value"]
    page = mine.post(address, {"act": "end", "session": session})
    assert "10.0.0.7" not in page.text()
    assert browser.get("/").headers["Location"].startswith("/sign-in/")
    assert Access.objects.get(what="session ended").file == address.replace("/people/one/", "person/").strip(
        "/"
    )


def test_a_unit_is_added_below_another_and_only_once(desk: Desk) -> None:
    mine = desk.as_("秦越")
    sent = {**mine.get("/people/new-unit/").form("/people/new-unit/"), "title": "客服二组"}
    assert "客服二组" in mine.post("/people/new-unit/", sent).text()
    page = mine.post("/people/new-unit/", {**sent, "key": "another"})
    assert (mine.status, page.one(role="alert").one("ul").text()) == (422, "已有同名部门。")


# -- leaving ---------------------------------------------------------------------------------------------------------


def leaving(desk: Desk, name: str) -> str:
    return f"/people/one/{desk.house.persons[name]}/leaving/"


def test_who_leaves_hands_each_post_to_somebody_and_cannot_sign_in_any_more(desk: Desk, clock: Clock) -> None:
    mine, gu, han = desk.as_("秦越"), desk.house.persons["顾明"], desk.house.persons["韩松"]
    elsewhere = desk.as_("顾明")
    address = leaving(desk, "顾明")
    form = mine.get(address).form(address)
    page = mine.post(address, form)
    assert mine.status == 422
    assert "“质量负责人”会没有人任职" in page.one(role="alert").text()
    assert directory_of("hengce").present(gu, clock.now)
    chosen = {name: han for name in form if name.startswith("next-")}
    page = mine.post(address, {**form, **chosen})
    assert mine.status == 200, page.one(role="alert").text()
    assert page.one(role="status").text() == "✓ 已记下：顾明离任。"
    directory = directory_of("hengce")
    assert (directory.present(gu, clock.now), directory.holders("quality manager", clock.now)) == (
        False,
        [han],
    )
    assert [
        row for row in directory.stand_ins if gu in (row.person, row.behalf) and row.until > clock.now
    ] == []
    assert elsewhere.client.get("/cases/").headers["Location"].startswith("/sign-in/")
    assert Person.objects.get(person=gu).name == "顾明"


def test_who_held_the_post_on_a_day_before_is_still_told(desk: Desk) -> None:
    mine, han = desk.as_("秦越"), desk.house.persons["韩松"]
    address = leaving(desk, "顾明")
    form = mine.get(address).form(address)
    mine.post(address, {**form, **{name: han for name in form if name.startswith("next-")}})
    rows = [row.text() for row in mine.get("/people/?on=2026-03-06").all("tr")]
    assert [("顾明" in row, "韩松" in row) for row in rows if row.startswith("质量负责人")] == [(True, False)]


def test_nobody_enters_that_he_leaves_himself(desk: Desk) -> None:
    mine = desk.as_("秦越")
    address = leaving(desk, "秦越")
    form = mine.get(address).form(address)
    page = mine.post(
        address, {**form, **{name: desk.house.persons["韩松"] for name in form if name.startswith("next-")}}
    )
    assert (mine.status, "自己的离任由另一位管理员登记" in page.text()) == (422, True)
