"""Signing in, being locked after a while, changing language and password."""

from __future__ import annotations

import pytest
from tests.pages.conftest import Clock
from tests.pages.desk import Desk

from kesu.desk.models import Access
from kesu.people.models import User

PASSWORD = "一个够长的密码2026"


@pytest.fixture
def zhou(desk: Desk) -> User:
    """Somebody with a password and an address."""
    user = desk.house.user("周小雨")
    user.set_password(PASSWORD)
    user.email = "zhou@example.com"
    user.save()
    return user


def enter(desk: Desk, name: str, password: str) -> None:
    desk.post("/sign-in/", {"username": name, "password": password, "next": "/cases/"})


@pytest.mark.parametrize("name", ["zhouxiaoyu", "ZhouXiaoyu", "zhou@example.com", " zhou@EXAMPLE.com "])
def test_user_name_or_address_sign_in_and_lead_where_one_wanted_to_go(
    desk: Desk, zhou: User, name: str
) -> None:
    enter(desk, name, PASSWORD)
    assert desk.last.request["PATH_INFO"] == "/cases/"
    assert [(row.what, row.person) for row in Access.objects.all()] == [
        ("signed in", desk.house.persons["周小雨"])
    ]


def test_a_wrong_name_and_a_wrong_password_are_answered_alike(desk: Desk, zhou: User) -> None:
    pages = []
    for name in ("zhouxiaoyu", "nobody"):
        page = desk.post("/sign-in/", {"username": name, "password": "wrong"})
        pages.append((desk.status, page.one(role="alert").text()))
    assert pages[0] == pages[1] == (401, "账号和密码对不上。请核对两项；密码区分大小写。")


def test_a_sign_in_never_leads_to_another_site(desk: Desk, zhou: User) -> None:
    answer = desk.client.post(
        "/sign-in/", {"username": "zhouxiaoyu", "password": PASSWORD, "next": "//evil.example/"}
    )
    assert answer.headers["Location"] == "/"


def test_one_click_sign_ins_exist_in_demo_mode_only(desk: Desk, settings: object) -> None:
    key = desk.house.persons["周小雨"]
    assert desk.get("/sign-in/").all("ul", class_="persons") == []
    assert desk.client.post("/sign-in/demo/", {"person": key}).status_code == 404
    settings.DEMO = True  # type: ignore[attr-defined]
    page = desk.get("/sign-in/")
    assert "周小雨 客服专员" in page.all("ul", class_="persons")[0].text()
    assert desk.client.post("/sign-in/demo/", {"person": key}).status_code == 302


def test_a_sign_in_that_two_organisations_know_chooses_one(desk: Desk) -> None:
    desk.client.force_login(desk.house.user("秦越"), backend="kesu.people.sign_in.ByNameOrEmail")
    page = desk.get("/people/")
    assert [one.text() for one in page.all("button", type="submit") if "中心" in one.text()] == [
        "恒测检测技术服务中心",
        "恒鉴检测技术服务中心",
    ]
    desk.post("/organisation/", {"organisation": "hengjian"})
    assert "顾鸣" in desk.get("/people/").text()


def test_an_organisation_that_does_not_know_the_sign_in_cannot_be_chosen(desk: Desk) -> None:
    mine = desk.as_("周小雨")
    mine.post("/organisation/", {"organisation": "hengjian"})
    assert "恒测检测技术服务中心" in mine.get("/people/").text()


def test_a_screen_left_alone_asks_for_the_password_and_keeps_what_was_typed(
    desk: Desk, zhou: User, clock: Clock
) -> None:
    enter(desk, "zhouxiaoyu", PASSWORD)
    sent = desk.get("/register/").form("/register/") | {
        "f-account": "打到一半的话",
        "f-complainant": "李女士",
    }
    clock.set("2026-03-09 10:31")
    page = desk.post("/register/", sent)
    assert desk.status == 401
    assert "已填的内容都在" in page.one("main").text()
    again = desk.post("/unlock/", {**page.form("/unlock/"), "password": "wrong"})
    assert desk.status == 401
    kept = desk.post("/unlock/", {**again.form("/unlock/"), "password": PASSWORD})
    back = desk.post("/register/", kept.form("/register/"))
    assert back.one("textarea", id="f-account").text() == "打到一半的话"


def test_the_language_changes_for_the_browser_and_the_person(desk: Desk) -> None:
    mine = desk.as_("周小雨")
    assert mine.get("/cases/").one("html").attrs["lang"] == "zh-CN"
    page = mine.post("/language/", {"language": "en", "next": "/cases/"})
    assert page.one("html").attrs["lang"] == "en"
    assert page.one("h1").text() == "Cases"
    assert desk.house.user("周小雨").language == "en"


def test_a_new_password_wants_the_old_one_and_some_length(desk: Desk, zhou: User) -> None:
    enter(desk, "zhouxiaoyu", PASSWORD)
    desk.post("/password/", {"old": "wrong", "new": "kurz", "again": "anders"})
    assert desk.status == 422
    assert [
        one.attrs["href"]
        for one in desk.post("/password/", {"old": "wrong", "new": "kurz", "again": "x"})
        .one(role="alert")
        .all("a")
    ][:2] == ["#old", "#again"]
    page = desk.post("/password/", {"old": PASSWORD, "new": PASSWORD + "新", "again": PASSWORD + "新"})
    assert page.one(role="status").text() == "✓ 密码已修改。"
    assert desk.house.user("周小雨").check_password(PASSWORD + "新")


def test_signing_out_ends_the_session(desk: Desk) -> None:
    mine = desk.as_("周小雨")
    mine.post("/sign-out/", {})
    assert mine.client.get("/cases/").status_code == 302
