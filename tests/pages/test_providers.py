"""Signing in by an account elsewhere: whoever joined it gets in, by what the provider proves, and nobody is made by it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client
from pyotp import TOTP
from tests.office.upkeep.homes import free_port
from tests.pages.conftest import Clock
from tests.pages.desk import Desk
from tests.pages.html import read
from tests.pages.providers import CLIENT, OTHER, SECRET, Lying, lying

from kesu.desk.models import Access
from kesu.people import second_factor
from kesu.people.models import User
from kesu.people.provider import NoProvider, Provider, providers_of

PASSWORD = "一个够长的密码2026"
NOT_TOLD = "单位账号没有确认你的身份。请再试一次，或用密码登录。"
NOBODYS = "这个账号（单位账号）还没有和任何登录名绑定。"


@pytest.fixture
def zhou(desk: Desk) -> User:
    """Somebody with a password, who has joined his account elsewhere."""
    user = desk.house.user("周小雨")
    user.set_password(PASSWORD)
    user.email = "zhou@example.com"
    user.identities = {"oidc": "zhou-there"}
    user.save()
    return user


@pytest.fixture
def liar(settings: Any, clock: Clock) -> Iterator[Lying]:
    """A provider whose every word can be changed."""
    with lying() as provider:
        settings.PROVIDERS = {"oidc": Provider("oidc", CLIENT, SECRET, provider.issuer)}
        yield provider


def browser() -> Client:
    made = Client()
    made.cookies["django_language"] = "zh-hans"
    return made


def sent(client: Client, name: str = "oidc", there: str = "/cases/") -> dict[str, str]:
    """What the browser brings to the provider."""
    answer = client.get(f"/sign-in/by/{name}/", {"next": there})
    assert answer.status_code == 302, answer.content.decode()
    return {key: one[0] for key, one in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def came_back(client: Client, provider: Lying, **changed: Any) -> Any:
    """The browser goes there and comes back with a code."""
    asked = sent(client)
    provider.nonce = asked["nonce"]
    return client.get("/sign-in/by/oidc/back/", {"code": "c", "state": asked["state"], **changed})


def said(answer: Any) -> str:
    return read(answer.content.decode()).one(role="alert").text()


@pytest.fixture
def real() -> Iterator[str]:
    """A provider that others wrote, in a process of its own: its issuer."""
    port = free_port()
    command = Path(sys.executable).with_name("oidc-provider-mock")
    process = subprocess.Popen(
        [str(command), "--port", str(port), "--require-nonce", "true"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    issuer, until = f"http://localhost:{port}", time.monotonic() + 60
    try:
        while True:
            try:
                requests.get(f"{issuer}/.well-known/openid-configuration", timeout=5)
                break
            except requests.ConnectionError:
                assert process.poll() is None
                assert time.monotonic() < until
                time.sleep(0.2)
        yield issuer
    finally:
        process.terminate()
        process.wait(timeout=30)


def consented(url: str, subject: str) -> dict[str, str]:
    """Somebody signs in at the provider; what the browser comes back with."""
    answer = requests.post(url, data={"sub": subject}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    return {key: one[0] for key, one in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def test_at_a_real_provider_an_account_is_joined_by_himself_and_lets_him_in_from_then_on(
    desk: Desk, zhou: User, real: str, settings: Any, clock: Clock
) -> None:
    settings.PROVIDERS = {"oidc": Provider("oidc", CLIENT, SECRET, real, title="恒测账号")}
    User.objects.filter(pk=zhou.pk).update(identities={})
    stranger = browser()
    there = stranger.get("/sign-in/by/oidc/").headers["Location"]
    refused = stranger.get("/sign-in/by/oidc/back/", consented(there, "zhou@there"))
    assert (refused.status_code, "这个账号（恒测账号）还没有和任何登录名绑定" in said(refused)) == (403, True)
    assert User.objects.filter(identities__oidc="zhou@there").count() == 0
    mine = desk.as_("周小雨")
    assert "恒测账号：未绑定" in mine.get("/sessions/").text()
    assert "密码不对" in mine.post("/accounts/oidc/", {"password": "wrong"}).text()
    assert "前往 恒测账号" in mine.post("/accounts/oidc/", {"password": PASSWORD}).text()
    there = mine.client.get("/sign-in/by/oidc/").headers["Location"]
    mine.client.get("/sign-in/by/oidc/back/", consented(there, "zhou@there"))
    assert "恒测账号：已绑定" in mine.get("/sessions/").text()
    again = browser()
    there = again.get("/sign-in/by/oidc/", {"next": "/cases/"}).headers["Location"]
    entered = again.get("/sign-in/by/oidc/back/", consented(there, "zhou@there"))
    assert (entered.status_code, entered.headers["Location"]) == (302, "/cases/")
    assert again.get("/cases/").status_code == 200
    assert [row.what for row in Access.objects.order_by("id")] == [
        "account joined",
        "signed in",
        "signed in by oidc",
    ]
    assert "用单位账号登录" in desk.as_("秦越").get("/access/").text()


def test_what_holds_lets_in_whoever_joined_the_account(desk: Desk, zhou: User, liar: Lying) -> None:
    mine = browser()
    assert came_back(mine, liar).headers["Location"] == "/cases/"
    assert mine.get("/cases/").status_code == 200
    (token,) = [asked for path, asked, _ in liar.asked if path == "/token"]
    assert len(token["code_verifier"]) >= 43


FAULTS: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "of another sign-in"},
    "no nonce": {"nonce": None},
    "run out": {"exp": 1_600_000_000},
    "never running out": {"exp": None},
    "another issuer": {"iss": "https://elsewhere.example"},
    "another client": {"aud": "somebody else"},
    "nobody": {"sub": None},
    "an empty name": {"sub": ""},
    "a name that is none": {"sub": ["zhou-there"]},
    "a name that cannot be typed": {"sub": "zhou\u202ethere"},
    "from the future": {"iat": 9_999_999_999},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_token_that_does_not_hold_lets_nobody_in(fault: str, desk: Desk, zhou: User, liar: Lying) -> None:
    liar.changed = FAULTS[fault]
    mine = browser()
    answer = came_back(mine, liar)
    assert (answer.status_code, said(answer)) == (401, NOT_TOLD)
    assert mine.get("/cases/").status_code == 302
    assert Access.objects.count() == 0


def test_a_token_of_another_key_or_of_none_lets_nobody_in(desk: Desk, zhou: User, liar: Lying) -> None:
    liar.key = OTHER
    assert came_back(browser(), liar).status_code == 401
    head, body, _ = liar.id_token().split(".")
    unsigned = "eyJhbGciOiJub25lIn0." + body + "."
    for token in (unsigned, f"{head}.{body}.", "no token", "a.b.c"):
        liar.token = token
        assert came_back(browser(), liar).status_code == 401, token


def test_a_state_that_is_missing_foreign_or_used_lets_nobody_in(desk: Desk, zhou: User, liar: Lying) -> None:
    mine, thief = browser(), browser()
    assert came_back(mine, liar, state="made up").status_code == 401
    assert mine.get("/sign-in/by/oidc/back/").status_code == 401
    asked = sent(mine)
    liar.nonce = asked["nonce"]
    back = {"code": "c", "state": asked["state"]}
    assert thief.get("/sign-in/by/oidc/back/", back).status_code == 401
    assert mine.get("/sign-in/by/oidc/back/", back).status_code == 302
    assert mine.get("/sign-in/by/oidc/back/", back).status_code == 401


def test_a_provider_that_refuses_fails_or_is_away_is_said_in_words_and_the_password_still_enters(
    desk: Desk, zhou: User, liar: Lying, settings: Any
) -> None:
    assert came_back(browser(), liar, error="access_denied").status_code == 401
    liar.told = {"/token": {"error": "invalid_grant"}}
    assert came_back(browser(), liar).status_code == 401
    liar.status = 500
    assert came_back(browser(), liar).status_code == 401
    liar.told, liar.status = {"/token": {"access_token": "a", "token_type": "Bearer"}}, 200  # tells no person
    assert came_back(browser(), liar).status_code == 401
    settings.PROVIDERS = {"oidc": Provider("oidc", CLIENT, SECRET, "http://127.0.0.1:9")}
    answer = browser().get("/sign-in/by/oidc/")
    assert (answer.status_code, said(answer)) == (401, NOT_TOLD)
    entered = Client().post("/sign-in/", {"username": "zhouxiaoyu", "password": PASSWORD})
    assert entered.status_code == 302


def test_nobody_is_made_and_who_has_left_or_was_shut_out_does_not_enter(
    desk: Desk, zhou: User, liar: Lying
) -> None:
    users = User.objects.count()
    liar.changed = {"sub": "a stranger", "email": "zhou@example.com", "email_verified": True}
    answer = came_back(browser(), liar)
    assert (answer.status_code, NOBODYS in said(answer)) == (403, True)
    liar.changed = {}
    User.objects.filter(pk=zhou.pk).update(is_active=False)
    assert came_back(browser(), liar).status_code == 403
    assert User.objects.count() == users


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({"email": "ZHOU@example.com", "email_verified": True}, 302),
        ({"email": "zhou@example.com", "email_verified": False}, 403),
        ({"email": "zhou@example.com", "email_verified": "true"}, 403),
        ({"email": "zhou@example.com"}, 403),
        ({"email": "other@example.com", "email_verified": True}, 403),
    ],
)
def test_where_the_server_says_so_an_address_that_was_verified_joins_once(
    claims: dict[str, Any], status: int, desk: Desk, zhou: User, liar: Lying, settings: Any
) -> None:
    User.objects.filter(pk=zhou.pk).update(identities={})
    settings.PROVIDERS = {"oidc": Provider("oidc", CLIENT, SECRET, liar.issuer, matches_email=True)}
    liar.changed = claims
    assert came_back(browser(), liar).status_code == status
    assert User.objects.get(pk=zhou.pk).identities == ({"oidc": "zhou-there"} if status == 302 else {})
    liar.changed = claims | {"sub": "another there"}
    assert came_back(browser(), liar).status_code == 403


def test_a_second_factor_is_asked_after_the_provider_too(
    desk: Desk, zhou: User, liar: Lying, clock: Clock
) -> None:
    secret = second_factor.drawn_secret()
    app = TOTP(secret)
    codes = second_factor.begin(User.objects.get(pk=zhou.pk), secret, app.at(clock.now), clock.now)
    mine = browser()
    there = came_back(mine, liar).headers["Location"]
    assert there == "/sign-in/code/?next=%2Fcases%2F"
    assert mine.get("/cases/").status_code == 302
    assert codes is not None
    assert mine.post("/sign-in/code/", {"code": codes[0], "next": "/cases/"}).headers["Location"] == "/cases/"
    assert [row.what for row in Access.objects.order_by("id")] == [
        "signed in",
        "signed in by oidc",
        "recovery code used",
    ]


def test_an_account_lets_in_one_person_and_none_after_it_was_parted(
    desk: Desk, zhou: User, liar: Lying
) -> None:
    other = desk.house.user("顾明")
    other.set_password(PASSWORD)
    other.save()
    theirs = desk.as_("顾明")
    theirs.post("/accounts/oidc/", {"password": PASSWORD})
    asked = sent(theirs.client)
    liar.nonce = asked["nonce"]
    page = theirs.get(f"/sign-in/by/oidc/back/?code=c&state={asked['state']}")
    assert "这个账号已经和另一个登录名绑定，没有绑定。" in page.text()
    assert User.objects.get(pk=other.pk).identities == {}
    desk.as_("周小雨").post("/accounts/oidc/", {"password": PASSWORD})
    assert User.objects.get(pk=zhou.pk).identities == {}
    assert came_back(browser(), liar).status_code == 403
    assert Access.objects.filter(what="account parted").count() == 1


def test_a_link_joins_nothing_without_the_password(desk: Desk, zhou: User, liar: Lying) -> None:
    """Whoever lures somebody to the provider's way back has joined nothing: he is signed in as whoever has the account."""
    theirs = desk.as_("顾明").client
    asked = sent(theirs)
    liar.nonce, liar.changed = asked["nonce"], {"sub": "of the lurer"}
    assert theirs.get("/sign-in/by/oidc/back/", {"code": "c", "state": asked["state"]}).status_code == 403
    assert not User.objects.filter(identities__oidc="of the lurer").exists()


OF_EACH: dict[str, tuple[dict[str, Any], str, set[str]]] = {
    "dingtalk": (
        {
            "/v1.0/oauth2/userAccessToken": {"accessToken": "t", "refreshToken": "r", "expireIn": 7200, "corpId": "c"},
            "/v1.0/contact/users/me": {"nick": "周", "openId": "open", "unionId": "zhou-there", "mobile": "1"},
        },
        "t",
        {"clientId", "clientSecret", "code", "grantType"},
    ),
    "feishu": (
        {
            "/open-apis/authen/v2/oauth/token": {"code": 0, "access_token": "t", "token_type": "Bearer", "expires_in": 7200},
            "/open-apis/authen/v1/user_info": {"code": 0, "msg": "success", "data": {"open_id": "o", "union_id": "zhou-there"}},
        },
        "Bearer t",
        {"grant_type", "client_id", "client_secret", "code", "redirect_uri", "code_verifier"},
    ),
    "wechat": (
        {"/sns/oauth2/access_token": {"access_token": "t", "openid": "o", "unionid": "zhou-there", "scope": "snsapi_login"}},
        "",
        {"appid", "secret", "code", "grant_type"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OF_EACH)
def test_dingtalk_feishu_and_wechat_are_asked_as_their_documents_say(
    name: str, desk: Desk, zhou: User, liar: Lying, settings: Any
) -> None:
    told, named, asked = OF_EACH[name]
    settings.PROVIDERS = {name: Provider(name, CLIENT, SECRET, liar.issuer)}
    User.objects.filter(pk=zhou.pk).update(identities={name: "zhou-there"})
    liar.told = told
    mine = browser()
    brought = sent(mine, name)
    assert (brought["appid"] if name == "wechat" else brought["client_id"]) == CLIENT
    assert brought["response_type"] == "code"
    code = "authCode" if name == "dingtalk" else "code"
    answer = mine.get(f"/sign-in/by/{name}/back/", {code: "c", "state": brought["state"]})
    assert answer.headers.get("Location") == "/cases/", read(answer.content.decode()).text()
    assert (set(liar.asked[0][1]), liar.asked[-1][2]) == (asked, named)
    assert Access.objects.filter(what=f"signed in by {name}").count() == 1
    liar.told = {path: {"errcode": 40029, "code": 20003, "errmsg": "invalid code"} for path in told}
    brought = sent(mine, name)
    assert mine.get(f"/sign-in/by/{name}/back/", {code: "c", "state": brought["state"]}).status_code == 401
    assert mine.get(f"/sign-in/by/{name}/back/", {code: "c", "state": "made up"}).status_code == 401


def test_a_provider_that_is_not_set_is_not_there(desk: Desk, clock: Clock) -> None:
    for path in ("/sign-in/by/oidc/", "/sign-in/by/wecom/back/", "/accounts/oidc/"):
        assert desk.as_("周小雨").client.get(path).status_code == 404, path
    assert "也可以用以下账号登录" not in desk.get("/sign-in/").text()


def test_settings_name_providers_and_what_is_half_set_stops_the_start() -> None:
    assert providers_of({}) == {}
    named = {
        "KESU_OIDC": "kesu:s:e", "KESU_OIDC_ISSUER": "https://id.example.org", "KESU_OIDC_TITLE": "工号",
        "KESU_OIDC_MATCH": "email", "KESU_WECHAT": "wx1:secret",
    }  # fmt: skip
    found = providers_of(named)
    assert found == {
        "oidc": Provider("oidc", "kesu", "s:e", "https://id.example.org", "工号", matches_email=True),
        "wechat": Provider("wechat", "wx1", "secret"),
    }
    assert found["wechat"].address("person") == "https://api.weixin.qq.com/sns/userinfo"
    for half in ({"KESU_OIDC": "kesu:secret"}, {"KESU_FEISHU": "kesu"}, {"KESU_DINGTALK": ":secret"}):
        with pytest.raises(NoProvider):
            providers_of(half)
