"""Signing in by an account elsewhere: OpenID Connect, DingTalk, Feishu or WeChat, those that the settings of the server name.

A provider tells who somebody is there; that lets in the sign-in which he, or nobody else in his place, has joined to it before,
and never makes one. The protocol, its state, nonce, proof of the code and signatures are authlib's; here stands only in what
the three others differ from it. WeCom has no provider: nobody has one that is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client import OAuthError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from joserfc.errors import JoseError

from kesu.reading.text import Text

from .models import User
from .provider import TITLES, Provider

LONGEST: Final = 255  # characters of who somebody is at a provider
PATIENCE: Final = 10  # seconds that a provider is waited for

WRONG: Final = (
    requests.RequestException, OAuthError, AuthlibBaseError, JoseError, ValueError, RuntimeError, KeyError, TypeError,
)  # fmt: skip


class NotTold(Exception):
    """The provider did not say who it is: it refused, could not be reached, or what it said does not hold."""


class Account(NamedTuple):
    """Who it is there, in the provider's own lasting name for him; and an address, if the provider has verified it."""

    subject: str
    email: str


def provider_called(name: str) -> Provider | None:
    """One of those that are set."""
    found: Provider | None = settings.PROVIDERS.get(name)
    return found


def caption_of(name: str) -> Text:
    """What people know a provider by, also one that is set no more."""
    provider = provider_called(name)
    return provider.caption if provider else TITLES.get(name, Text(name, name))


def sent_to(provider: Provider, request: HttpRequest, back: str) -> HttpResponse:
    """Leads the browser to the provider; state, nonce and the proof of the code stay in its session. Raises NotTold."""
    try:
        answer: HttpResponse = _client(provider).authorize_redirect(request, back)
    except WRONG as wrong:
        raise NotTold(str(wrong)) from wrong
    return answer


def told_by(provider: Provider, request: HttpRequest) -> Account:
    """Who the provider says that it is. Raises NotTold for whatever does not hold."""
    email = ""
    try:
        client = _client(provider)
        if provider.name == "oidc":
            claims = client.authorize_access_token(request).get("userinfo") or {}
            subject = claims.get("sub")
            email = str(claims.get("email", "")) if claims.get("email_verified") is True else ""
        else:
            subject = _subject_of(provider, _person(provider, _code(client, request)))
    except WRONG as wrong:
        raise NotTold(f"{type(wrong).__name__}: {wrong}") from wrong
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST or not subject.isprintable():
        raise NotTold("it names nobody")
    return Account(subject, email)


def user_at(provider: Provider, account: Account) -> User | None:
    """The sign-in that was joined to this account; nobody where two were, which no page lets happen.

    Where the server says so, an address that the provider has verified joins the sign-in that has it, once.
    """
    found = User.objects.filter(**{f"identities__{provider.name}": account.subject})[:2]
    if found:
        return found[0] if len(found) == 1 and found[0].is_active else None
    if not (provider.matches_email and account.email):
        return None
    user = User.objects.filter(email__iexact=account.email, is_active=True).first()
    if user is None or provider.name in user.identities:
        return None
    return user if join(user, provider, account.subject) else None


def join(user: User, provider: Provider, subject: str) -> bool:
    """From now on this account lets him in; False, and nothing changed, where it lets in somebody else."""
    with transaction.atomic():
        held = User.objects.select_for_update().get(pk=user.pk)
        if User.objects.filter(**{f"identities__{provider.name}": subject}).exclude(pk=user.pk).exists():
            return False
        held.identities = {**held.identities, provider.name: subject}
        held.save(update_fields=["identities"])
    return True


def part(user: User, name: str) -> None:
    """The account there lets him in no more."""
    with transaction.atomic():
        held = User.objects.select_for_update().get(pk=user.pk)
        held.identities = {one: subject for one, subject in held.identities.items() if one != name}
        held.save(update_fields=["identities"])


def _client(provider: Provider) -> Any:
    """Authlib's client of this provider, made anew, so that keys and addresses are read anew as well."""
    kept: dict[str, Any] = {
        "client_id": provider.client,
        "client_secret": provider.secret,
        "client_kwargs": {"scope": "openid email" if provider.matches_email else "openid", "code_challenge_method": "S256", "timeout": PATIENCE},
    }  # fmt: skip
    if provider.name == "oidc":
        kept["server_metadata_url"] = f"{provider.place.rstrip('/')}/.well-known/openid-configuration"
    else:
        kept["authorize_url"] = provider.address("authorize")
        kept["access_token_url"] = provider.address("token")
        kept["client_kwargs"]["scope"] = "snsapi_login" if provider.name == "wechat" else "openid"
        if provider.name == "wechat":
            kept["authorize_params"] = {"appid": provider.client}
    return OAuth().register(provider.name, **kept)


def _code(client: Any, request: HttpRequest) -> dict[str, str]:
    """The code that came back, and what was kept when the browser was sent. Raises OAuthError."""
    state, code = request.GET.get("state", ""), request.GET.get("code") or request.GET.get("authCode")
    kept = client.framework.get_state_data(request.session, state)
    client.framework.clear_state_data(request.session, state)
    if not kept or not code:
        raise OAuthError(error=request.GET.get("error", "state"))
    return {"code": code, **{name: kept[name] for name in ("redirect_uri", "code_verifier") if name in kept}}


def _person(provider: Provider, sent: dict[str, str]) -> Mapping[str, Any]:
    """What the provider tells of whoever came back. Raises RequestException and KeyError."""
    return ASKING[provider.name](provider, sent)


def _at_dingtalk(provider: Provider, sent: dict[str, str]) -> Mapping[str, Any]:
    asked = {
        "clientId": provider.client, "clientSecret": provider.secret, "code": sent["code"],
        "grantType": "authorization_code",
    }  # fmt: skip
    token = _answered(requests.post(provider.address("token"), json=asked, timeout=PATIENCE))["accessToken"]
    headers = {"x-acs-dingtalk-access-token": token}
    return _answered(requests.get(provider.address("person"), headers=headers, timeout=PATIENCE))


def _at_feishu(provider: Provider, sent: dict[str, str]) -> Mapping[str, Any]:
    asked = {
        "grant_type": "authorization_code", "client_id": provider.client, "client_secret": provider.secret, **sent,
    }  # fmt: skip
    token = _answered(requests.post(provider.address("token"), json=asked, timeout=PATIENCE))["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    told = _answered(requests.get(provider.address("person"), headers=headers, timeout=PATIENCE))
    person: Mapping[str, Any] = told["data"]
    return person


def _at_wechat(provider: Provider, sent: dict[str, str]) -> Mapping[str, Any]:
    asked = {
        "appid": provider.client, "secret": provider.secret, "code": sent["code"], "grant_type": "authorization_code",
    }  # fmt: skip
    return _answered(requests.get(provider.address("token"), params=asked, timeout=PATIENCE))


ASKING: Final = {"dingtalk": _at_dingtalk, "feishu": _at_feishu, "wechat": _at_wechat}


def _answered(answer: requests.Response) -> Mapping[str, Any]:
    """What stands in an answer; those three say in it, with status 200, that they refuse. Raises RequestException, OAuthError."""
    answer.raise_for_status()
    told = answer.json()
    wrong = told.get("errcode") or told.get("code")
    if wrong not in (None, 0, "0"):
        raise OAuthError(error=str(wrong), description=str(told.get("errmsg") or told.get("msg") or ""))
    found: Mapping[str, Any] = told
    return found


def _subject_of(provider: Provider, person: Mapping[str, Any]) -> Any:
    """The name that stays the same for all applications of one owner, else the one of this application."""
    names = {
        "dingtalk": ("unionId", "openId"),
        "feishu": ("union_id", "open_id"),
        "wechat": ("unionid", "openid"),
    }
    return next((person[name] for name in names[provider.name] if person.get(name)), None)
