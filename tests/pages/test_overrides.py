"""An override is taken by two persons, each in his own sign-in and with his password: one asks, another agrees or declines."""

from __future__ import annotations

import pytest
from tests.pages.desk import Desk
from tests.pages.html import Element

from kesu.people.models import Attempt

PASSWORD = "Correct-Horse-9"
STEP = "investigated"


@pytest.fixture
def signing(desk: Desk) -> Desk:
    """The desk, with passwords for the two who may override."""
    for name in ("顾明", "陆建国", "沈立"):
        user = desk.house.user(name)
        user.set_password(PASSWORD)
        user.save()
    return desk


def send(desk: Desk, name: str, file: str, step: str, query: str = "", **typed: str) -> Element:
    """Opens the form of a step with this query, types into it and sends it."""
    mine = desk.as_(name)
    address = mine.step(file, step)
    sent = mine.get(address + query).form(address)
    page = mine.post(address, {**sent, **typed})
    desk.status = mine.status
    return page


def asked(desk: Desk, file: str, **typed: str) -> Element:
    given = {
        "f-text": "已看过收样登记",
        "f-override-reason": "样品明天失效",
        "pass": "1",
        "password": PASSWORD,
    }
    return send(desk, "顾明", file, STEP, "?pass=1", **(given | typed))


def test_a_step_that_is_barred_is_put_before_a_second_person_who_sees_what_it_would_say(
    signing: Desk,
) -> None:
    file = signing.house.handed_over()
    barred = signing.as_("顾明").get(signing.step(file, STEP))
    assert "现在不能办" in barred.text()
    assert "提请特批" in barred.text()
    asked(signing, file)
    mine = signing.as_("顾明").case(file).text()
    assert "要由另一个人本人登录同意" in mine
    assert "同意并签名" not in mine
    his = signing.as_("陆建国").case(file)
    assert "顾明提请放行一次" in his.text()
    assert all(said in his.text() for said in ("样品明天失效", "已看过收样登记", "同意并签名", "不同意"))
    assert "同意特批" in signing.as_("陆建国").get("/").text()


def test_agreed_to_in_his_own_sign_in_it_passes_once_as_it_was_asked(signing: Desk) -> None:
    file = signing.house.handed_over()
    asked(signing, file)
    number = signing.as_("陆建国").case(file).one("div", class_="note")
    assert number.attrs["id"].startswith("override-")
    entry = number.attrs["id"].partition("-")[2]
    send(signing, "陆建国", file, "override agreed", f"?f-entry={entry}", password=PASSWORD)
    mine = signing.as_("顾明")
    address = mine.step(file, STEP)
    page = mine.post(address, {"key": "let-it-pass", "override": entry})
    print("SUM", page.one("section", id="act").text()[:1500])
    assert page.text().count("特批放行") >= 1
    told = mine.case(file).one("section", id="told").text()
    assert all(
        said in told for said in ("提请特批", "同意特批", "调查核实", "顾明", "陆建国", "已看过收样登记")
    )
    mine.post(address, {"key": "once-more", "override": entry})
    assert mine.status == 404
    other = signing.as_("陆建国")
    other.post(address, {"key": "by-another", "override": entry})
    assert other.status == 404


def test_declined_with_a_reason_nothing_passes(signing: Desk) -> None:
    file = signing.house.handed_over()
    asked(signing, file)
    entry = signing.as_("陆建国").case(file).one("div", class_="note").attrs["id"].partition("-")[2]
    query = f"?f-entry={entry}"
    send(signing, "陆建国", file, "override declined", query, **{"f-reason": "等初检结果出来再说"})
    mine = signing.as_("顾明")
    assert mine.case(file).all("div", class_="note") == []
    mine.post(mine.step(file, STEP), {"key": "anyway", "override": entry})
    assert mine.status == 404


def test_without_the_right_password_nobody_signs_and_wrong_ones_count_at_the_door(signing: Desk) -> None:
    file = signing.house.handed_over()
    page = asked(signing, file, password="guess")
    assert signing.status == 422
    assert "密码不对" in page.text()
    assert "guess" not in page.text()
    assert max(Attempt.objects.values_list("failures", flat=True)) == 1
    assert asked(signing, file, password="") is not None
    assert signing.status == 422
    assert "提请特批" not in signing.as_("顾明").case(file).one("section", id="told").text()


def test_who_holds_none_of_the_posts_is_not_offered_it(signing: Desk) -> None:
    file = signing.house.handed_over()
    page = signing.as_("沈立").get(signing.step(file, STEP) + "?pass=1")
    assert "提请特批" not in page.text()
