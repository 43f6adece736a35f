"""Where somebody is signed in: seen by himself and by the administrator, ended by either, and by another password."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests.pages.conftest import Clock
from tests.pages.desk import Desk
from tests.pages.html import Element, read

from kesu.desk.models import Access
from kesu.desk.who.sessions import device_of
from kesu.people.models import User

PASSWORD = "一个够长的密码2026"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) AppleWebKit/605 Mobile/15E148 MicroMessenger/8.0.40"


@pytest.fixture
def zhou(desk: Desk) -> User:
    """Somebody with a password."""
    user = desk.house.user("周小雨")
    user.set_password(PASSWORD)
    user.save()
    return user


def browser(agent: str, address: str) -> Client:
    """Somebody signs in by this browser from this address."""
    made = Client(HTTP_USER_AGENT=agent, REMOTE_ADDR=address)
    made.cookies["django_language"] = "zh-hans"
    assert made.post("/sign-in/", {"username": "zhouxiaoyu", "password": PASSWORD}).status_code == 302
    return made


def page(client: Client) -> Element:
    answer = client.get("/sessions/")
    assert answer.status_code == 200
    return read(answer.content.decode())


def rows(client: Client) -> list[str]:
    return [one.text() for one in page(client).one("ul", class_="limits").all("li")]


def is_in(client: Client) -> bool:
    return client.get("/cases/").status_code == 200


def test_each_browser_is_told_by_what_it_is_where_since_when_and_its_last_act(
    desk: Desk, zhou: User, clock: Clock
) -> None:
    office = browser(WINDOWS, "10.0.0.7")
    clock.now += timedelta(minutes=3)
    browser(PHONE, "203.0.113.9")
    clock.now += timedelta(minutes=2)
    assert rows(office) == [
        "Chrome · Windows 10.0.0.7 当前浏览器 自 2026年3月9日（周一）10:20 · 最近操作 2026年3月9日（周一）10:20",
        "微信 WeChat · iPhone 203.0.113.9 自 2026年3月9日（周一）10:23 · 最近操作 2026年3月9日（周一）10:23 在那里退出",
    ]


def test_one_of_them_or_all_others_are_ended_and_this_one_never_by_itself(
    desk: Desk, zhou: User, clock: Clock
) -> None:
    mine, phone, tablet, kiosk = (browser(WINDOWS, f"10.0.0.{number}") for number in range(4))
    own, other = (one.attrs["value"] for one in page(mine).all("input", name="session")[:2])
    ended = {row: mine.post("/sessions/", {"session": row}).status_code for row in (own, other, "nowhere")}
    assert set(ended.values()) == {302}
    assert is_in(mine)
    assert [is_in(one) for one in (phone, tablet, kiosk)].count(False) == 1
    assert mine.post("/sessions/", {}).status_code == 302
    assert [is_in(one) for one in (mine, phone, tablet, kiosk)] == [True, False, False, False]
    logged = Access.objects.filter(what="session ended")
    assert {(row.person, row.file) for row in logged} == {
        (desk.house.persons["周小雨"], f"person/{desk.house.persons['周小雨']}")
    }


def test_nobody_ends_the_session_of_another_here(desk: Desk, zhou: User, clock: Clock) -> None:
    mine, theirs = browser(WINDOWS, "10.0.0.1"), desk.as_("顾明")
    row = page(mine).all("input", name="session")[0].attrs["value"]
    assert theirs.client.post("/sessions/", {"session": row}).status_code == 302
    assert is_in(mine)


def test_another_password_ends_all_but_the_browser_in_which_it_was_chosen(
    desk: Desk, zhou: User, clock: Clock
) -> None:
    mine, other = browser(WINDOWS, "10.0.0.1"), browser(PHONE, "10.0.0.2")
    new = {"old": PASSWORD, "new": "Zug-Kanne-Mond-7", "again": "Zug-Kanne-Mond-7"}
    assert mine.post("/password/", new).status_code == 200
    assert (is_in(mine), is_in(other)) == (True, False)


def test_the_administrator_sees_and_ends_what_belongs_to_anybody(
    desk: Desk, zhou: User, clock: Clock
) -> None:
    mine = browser(PHONE, "10.0.0.2")
    address = f"/people/one/{desk.house.persons['周小雨']}/"
    admin = desk.as_("秦越")
    assert "微信 WeChat · iPhone 10.0.0.2" in admin.get(address).text()
    admin.post(address, {"act": "end"})
    assert not is_in(mine)


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (WINDOWS, "Chrome · Windows"),
        (PHONE, "微信 WeChat · iPhone"),
        (WINDOWS + " Edg/109.0", "Edge · Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"),
        ("curl/8.0 <script>", ""),
        ("", ""),
        ("x" * 100_000 + "Chrome", ""),
    ],
)
def test_a_browser_is_named_as_far_as_it_tells(agent: str, said: str) -> None:
    assert device_of(agent) == said
