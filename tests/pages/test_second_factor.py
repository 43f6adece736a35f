"""The second factor: set up by the person, asked at every sign-in, each code once, demanded of posts, reset when it is lost."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
from django.test import Client
from tests.pages.conftest import Clock
from tests.pages.desk import Desk
from tests.pages.house import House
from tests.pages.html import Element

from kesu.caseload.rebuilding.rebuild import rebuild
from kesu.desk.models import Access
from kesu.ledger.models import Entry
from kesu.ledger.verify import verify
from kesu.people import guessing, second_factor
from kesu.people.models import User

PASSWORD = "一个够长的密码2026"
NOT_OPEN = "动态码不对，或已经用过。每个码只能用一次，请等下一个。"


@pytest.fixture
def zhou(desk: Desk, paused: list[float]) -> User:
    """Somebody with a password."""
    user = desk.house.user("周小雨")
    user.set_password(PASSWORD)
    user.save()
    return user


def signed_in(desk: Desk) -> Desk:
    return desk.as_("周小雨")


def app_of(page: Element) -> pyotp.TOTP:
    """An app that has read the secret off the page."""
    secret = page.one("span", class_="mono").text().replace(" ", "")
    return pyotp.TOTP(secret)


def set_up(desk: Desk, clock: Clock) -> tuple[pyotp.TOTP, list[str]]:
    """Somebody sets it up: his app, and his recovery codes."""
    mine = signed_in(desk)
    app = app_of(mine.post("/second-factor/", {"act": "begin", "password": PASSWORD}))
    page = mine.post("/second-factor/", {"act": "confirm", "code": app.at(clock.now)})
    assert mine.status == 200
    return app, [one.text() for one in page.one("ul", class_="mono").all("li")]


def half_in(there: str = "/cases/") -> Client:
    """A browser that has given the password."""
    browser = Client()
    answer = browser.post("/sign-in/", {"username": "zhouxiaoyu", "password": PASSWORD, "next": there})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/code/")
    return browser


def code(browser: Client, typed: str) -> int:
    return browser.post("/sign-in/code/", {"code": typed, "next": "/cases/"}).status_code


def later(clock: Clock, **by: int) -> None:
    clock.now += timedelta(**by)


def test_a_code_is_asked_after_the_password_and_leads_where_one_wanted_to_go(
    desk: Desk, zhou: User, clock: Clock
) -> None:
    app, codes = set_up(desk, clock)
    assert (len(codes), len(set(codes))) == (10, 10)
    later(clock, minutes=1)
    browser = half_in()
    assert browser.get("/cases/").headers["Location"].startswith("/sign-in/")
    answer = browser.post("/sign-in/code/", {"code": app.at(clock.now), "next": "/cases/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/cases/")
    assert browser.get("/cases/").status_code == 200
    assert [row.what for row in Access.objects.order_by("id")] == ["second factor set", "signed in"]


def test_a_code_opens_once_for_whoever_saw_it_typed(desk: Desk, zhou: User, clock: Clock) -> None:
    app, _ = set_up(desk, clock)
    first = app.at(clock.now)
    assert code(half_in(), first) == 401  # it has set the app up already
    later(clock, seconds=30)
    now = app.at(clock.now)
    mine, thief = half_in(), half_in()
    assert (code(mine, now), code(thief, now), code(thief, first)) == (302, 401, 401)
    later(clock, seconds=30)
    assert code(thief, app.at(clock.now)) == 302


@pytest.mark.parametrize(
    ("off", "status"), [(-60, 401), (-30, 302), (0, 302), (30, 302), (60, 401), (3600, 401)]
)
def test_phones_may_be_half_a_minute_off(off: int, status: int, desk: Desk, zhou: User, clock: Clock) -> None:
    app, _ = set_up(desk, clock)
    later(clock, minutes=3)
    assert code(half_in(), app.at(clock.now + timedelta(seconds=off))) == status


@pytest.mark.parametrize("spelling", ["{0}{1}", "{0} {1}", " {0}-{1} ", "wide"])
def test_a_code_is_read_as_people_type_it(spelling: str, desk: Desk, zhou: User, clock: Clock) -> None:
    app, _ = set_up(desk, clock)
    later(clock, minutes=1)
    now = app.at(clock.now)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in now)
    assert code(half_in(), wide if spelling == "wide" else spelling.format(now[:3], now[3:])) == 302


def test_a_recovery_code_opens_once_and_is_logged(desk: Desk, zhou: User, clock: Clock) -> None:
    _, codes = set_up(desk, clock)
    assert code(half_in(), codes[3].upper().replace("-", " ")) == 302
    assert code(half_in(), codes[3]) == 401
    assert code(half_in(), codes[4]) == 302
    assert Access.objects.filter(what="recovery code used").count() == 2
    assert "还有 8 个恢复码" in signed_in(desk).get("/second-factor/").text()


def test_other_recovery_codes_end_those_before(desk: Desk, zhou: User, clock: Clock) -> None:
    app, codes = set_up(desk, clock)
    later(clock, minutes=1)
    mine = signed_in(desk)
    asked = {"act": "codes", "password": PASSWORD}
    assert NOT_OPEN in mine.post("/second-factor/", asked | {"code": "000000"}).text()
    assert (
        "密码不对"
        in mine.post("/second-factor/", asked | {"password": "wrong", "code": app.at(clock.now)}).text()
    )
    page = mine.post("/second-factor/", asked | {"code": app.at(clock.now)})
    others = [one.text() for one in page.one("ul", class_="mono").all("li")]
    assert set(codes).isdisjoint(others)
    assert (code(half_in(), codes[0]), code(half_in(), others[0])) == (401, 302)


def test_wrong_codes_are_slow_and_never_shut_the_right_one_out(
    desk: Desk, zhou: User, clock: Clock, paused: list[float]
) -> None:
    app, _ = set_up(desk, clock)
    later(clock, minutes=1)
    del paused[:]
    browser = half_in()
    assert {code(browser, f"{number:06}") for number in range(25)} == {401}
    assert paused[:6] == [0.0] * 6  # the password, then five codes
    assert paused[6:9] == [0.5, 1.0, 2.0]
    assert paused[-1] == guessing.LONGEST
    assert code(browser, app.at(clock.now)) == 302


def test_the_password_is_good_for_some_minutes_and_no_longer_once_it_is_another(
    desk: Desk, zhou: User, clock: Clock
) -> None:
    app, _ = set_up(desk, clock)
    late = half_in()
    later(clock, minutes=5, seconds=1)
    assert late.post("/sign-in/code/", {"code": app.at(clock.now)}).headers["Location"] == "/sign-in/"
    changed = half_in()
    user = User.objects.get(pk=zhou.pk)
    user.set_password(PASSWORD + "新")
    user.save()
    assert changed.post("/sign-in/code/", {"code": app.at(clock.now)}).headers["Location"] == "/sign-in/"
    assert Client().get("/sign-in/code/").headers["Location"] == "/sign-in/"


def test_a_locked_screen_is_opened_by_the_password_alone(desk: Desk, zhou: User, clock: Clock) -> None:
    app, _ = set_up(desk, clock)
    later(clock, minutes=1)
    browser = half_in()
    assert code(browser, app.at(clock.now)) == 302
    later(clock, minutes=31)
    assert browser.get("/cases/").status_code == 401
    assert browser.post("/unlock/", {"path": "/cases/", "password": "wrong"}).status_code == 401
    assert browser.post("/unlock/", {"path": "/cases/", "password": PASSWORD}).status_code != 401
    assert browser.get("/cases/").status_code == 200


def test_it_is_set_up_by_who_knows_the_password_and_has_the_app(desk: Desk, zhou: User, clock: Clock) -> None:
    mine, elsewhere = signed_in(desk), signed_in(desk)
    assert "密码不对" in mine.post("/second-factor/", {"act": "begin", "password": "wrong"}).text()
    assert mine.status == 422
    page = mine.post("/second-factor/", {"act": "begin", "password": PASSWORD})
    app = app_of(page)
    assert page.one("svg")
    mine.post("/second-factor/", {"act": "confirm", "code": "123"})
    assert (mine.status, User.objects.get(pk=zhou.pk).second_secret) == (422, None)
    mine.post("/second-factor/", {"act": "confirm", "code": app.at(clock.now)})
    assert mine.status == 200
    assert elsewhere.client.get("/cases/").headers["Location"].startswith("/sign-in/")
    assert mine.client.get("/cases/").status_code == 200


def test_whoever_gives_it_up_shows_that_he_is_himself(desk: Desk, zhou: User, clock: Clock) -> None:
    app, _ = set_up(desk, clock)
    later(clock, minutes=1)
    mine = signed_in(desk)
    mine.post("/second-factor/", {"act": "end", "password": PASSWORD, "code": "000000"})
    assert (mine.status, second_factor.is_on(User.objects.get(pk=zhou.pk))) == (422, True)
    mine.post("/second-factor/", {"act": "end", "password": PASSWORD, "code": app.at(clock.now)})
    assert (mine.status, second_factor.is_on(User.objects.get(pk=zhou.pk))) == (200, False)
    answer = Client().post("/sign-in/", {"username": "zhouxiaoyu", "password": PASSWORD})
    assert answer.headers["Location"] == "/"


def demand(desk: Desk, *posts: str) -> Desk:
    admin = desk.as_("秦越")
    admin.post("/people/second-factor/", {"post": list(posts), "key": "demanded"})
    assert admin.status == 200
    return admin


def test_a_post_that_has_to_have_it_sets_it_up_before_anything_else_and_cannot_give_it_up(
    desk: Desk, zhou: User, clock: Clock
) -> None:
    admin = demand(desk, "customer service specialist", "no such post")
    page = admin.get("/people/second-factor/")
    ticked = [one.attrs["value"] for one in page.all("input", type="checkbox") if "checked" in one.attrs]
    assert ticked == ["customer service specialist"]
    assert "周小雨" in page.text()
    mine = signed_in(desk)
    for path in ("/", "/cases/", "/people/"):
        assert mine.client.get(path).headers["Location"] == "/second-factor/"
    assert "你的岗位必须用两步登录。请先设好，再继续。" in mine.get("/").text()
    app, _ = set_up(desk, clock)
    later(clock, minutes=1)
    mine = signed_in(desk)
    assert mine.client.get("/cases/").status_code == 200
    said = mine.post(
        "/second-factor/", {"act": "end", "password": PASSWORD, "code": app.at(clock.now)}
    ).text()
    assert (mine.status, "你的岗位必须用两步登录，不能停用。" in said) == (422, True)
    assert desk.as_("顾明").client.get("/cases/").status_code == 200
    set_by = Entry.objects.filter(file="setting/organisation").count()
    assert set_by == 1


def test_the_administrator_resets_what_was_lost_and_it_stands_in_the_ledger(
    desk: Desk, zhou: User, clock: Clock
) -> None:
    set_up(desk, clock)
    mine = signed_in(desk)
    key = desk.house.persons["周小雨"]
    admin = desk.as_("秦越")
    assert "两步登录：已设" in admin.get(f"/people/one/{key}/").text()
    for _ in range(2):  # sent twice
        admin.post(f"/people/one/{key}/", {"act": "second-factor", "key": "lost"})
        assert admin.status == 200
    assert Entry.objects.filter(file=f"person/{key}", kind="second factor reset").count() == 1
    assert not second_factor.is_on(User.objects.get(pk=zhou.pk))
    assert mine.client.get("/cases/").headers["Location"].startswith("/sign-in/")
    answer = Client().post("/sign-in/", {"username": "zhouxiaoyu", "password": PASSWORD})
    assert answer.headers["Location"] == "/"
    assert list(verify().faults) == []
    assert list(rebuild(check=True)) == []


def test_nobody_resets_his_own_nor_one_that_another_organisation_knows_nor_without_the_post(
    desk: Desk, zhou: User, clock: Clock
) -> None:
    set_up(desk, clock)
    key = desk.house.persons["周小雨"]
    assert desk.as_("顾明").client.post(f"/people/one/{key}/", {"act": "second-factor"}).status_code == 404
    admin = desk.as_("秦越")
    admin.post(f"/people/one/{desk.house.persons['秦越']}/", {"act": "second-factor"})
    assert admin.status == 422
    other = House("hengjian")
    neighbour = next(name for name in other.persons if name not in ("秦越", "周小雨"))
    given = {"sign in": zhou.pk}
    other.note("秦越", f"person/{other.persons[neighbour]}", "sign in given", "2026-03-09 10:20", **given)
    admin.post(f"/people/one/{key}/", {"act": "second-factor"})
    assert (admin.status, second_factor.is_on(User.objects.get(pk=zhou.pk))) == (422, True)


def test_who_has_the_database_alone_makes_no_code(desk: Desk, zhou: User, clock: Clock) -> None:
    app, codes = set_up(desk, clock)
    user = User.objects.get(pk=zhou.pk)
    kept = repr([bytes(user.second_secret or b""), user.recovery])
    assert app.secret not in kept
    assert not any(one.replace("-", "") in kept for one in codes)


def test_under_another_secret_key_codes_do_not_open_and_the_log_says_why(
    desk: Desk, zhou: User, clock: Clock, settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    app, codes = set_up(desk, clock)
    user = User.objects.get(pk=zhou.pk)
    settings.SECRET_KEY = "another"
    later(clock, minutes=1)
    assert second_factor.taken(user, app.at(clock.now), clock.now) is None
    assert second_factor.taken(user, codes[0], clock.now) is None
    assert re.search("another secret key", caplog.text)
