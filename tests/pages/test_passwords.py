"""What a new password has to be, and how the administrator gives one to whoever has forgotten his."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation
from tests.pages.desk import Desk
from tests.pages.house import House

from kesu.desk.models import Access
from kesu.people.models import User

GOOD = [
    "一个够长的密码2026",
    "four words in a row",
    "Zug-Kanne-Mond-7",
    "correct horse battery staple",
    "月光下的第三张旧桌子",
]
WRONG = [
    " " * 12, "    abc    ", "1381234567890", "2026-11-29-2026", "aaaaaaaaaaaa", "abababababab", "password123", "qwertyuiop", "1q2w3e4r5t",
    "hengce2026", "HengCe-2026!", "zhouxiaoyu1", "Zhou.Xiaoyu.2026", "周小雨20261129", "恒测检测技术服务中心1", "kesu2026kesu", "short", "密码密码密码2026",
    "a\x00bcdefghijkl", "x" * 201,
]  # fmt: skip


@pytest.mark.parametrize("password", GOOD)
def test_a_long_password_of_ones_own_is_taken(password: str, desk: Desk) -> None:
    validate_password(password, desk.house.user("周小雨"))


@pytest.mark.parametrize("password", WRONG, ids=ascii)
def test_what_others_guess_is_refused_in_the_language_of_the_page(password: str, desk: Desk) -> None:
    user = desk.house.user("周小雨")
    for language, is_spoken in (("zh-hans", lambda text: not text.isascii()), ("en", str.isascii)):
        with translation.override(language), pytest.raises(ValidationError) as wrong:
            validate_password(password, user)
        assert all(is_spoken(sentence) for sentence in wrong.value.messages), wrong.value.messages


def give(desk: Desk, name: str, by: str = "秦越") -> tuple[int, str]:
    """The administrator gives somebody a password: the status, and the password or what is in the way."""
    admin = desk.as_(by)
    page = admin.post("/people/new-password/", {"person": desk.house.persons[name]})
    where = page.all("div", role="status") or page.all("div", role="alert")
    bold = where[0].all("b") if where else []
    return admin.status, bold[0].text() if bold else where[0].text() if where else ""


def test_who_forgot_his_password_gets_one_and_has_to_choose_his_own(desk: Desk) -> None:
    user = desk.house.user("周小雨")
    elsewhere = desk.as_("周小雨")
    status, given = give(desk, "周小雨")
    assert (status, len(given)) == (200, 19)
    assert elsewhere.client.get("/cases/").headers["Location"].startswith("/sign-in/")
    browser = Client()
    assert browser.post("/sign-in/", {"username": user.username, "password": given}).status_code == 302
    for path in ("/", "/cases/", "/people/"):
        assert browser.get(path).headers["Location"] == "/password/"
    own = {"old": given, "new": "Zug-Kanne-Mond-7", "again": "Zug-Kanne-Mond-7"}
    assert browser.post("/password/", own).status_code == 200
    assert browser.get("/cases/").status_code == 200
    assert not User.objects.get(pk=user.pk).password_due
    line = Access.objects.get(what="password given")
    assert (line.person, line.file) == (desk.house.persons["秦越"], f"person/{desk.house.persons['周小雨']}")


def test_nobody_but_the_administrator_gives_passwords(desk: Desk) -> None:
    assert give(desk, "周小雨", by="顾明")[0] == 404
    assert not Access.objects.filter(what="password given").exists()


def test_the_administrators_own_and_one_that_another_organisation_knows_are_not_given(desk: Desk) -> None:
    assert give(desk, "秦越")[0] == 422
    user = desk.house.user("周小雨")
    other = House("hengjian")
    neighbour = next(name for name in other.persons if name not in ("秦越", "周小雨"))
    given = {"sign in": user.pk}
    other.note("秦越", f"person/{other.persons[neighbour]}", "sign in given", "2026-03-09 10:20", **given)
    assert give(desk, "周小雨")[0] == 422
    assert not User.objects.filter(password_due=True).exists()
