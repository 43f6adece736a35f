"""The providers that people may sign in by, as the settings of the server name them; the protocol stands in `providers`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from kesu.reading.text import Text

KINDS: Final = ("oidc", "dingtalk", "feishu", "wechat")
TITLES: Final[Mapping[str, Text]] = {
    "oidc": Text("单位账号", "the organisation's account"),
    "dingtalk": Text("钉钉", "DingTalk"),
    "feishu": Text("飞书", "Feishu"),
    "wechat": Text("微信", "WeChat"),
}
PLACES: Final[Mapping[str, Mapping[str, str]]] = {
    "dingtalk": {
        "authorize": "https://login.dingtalk.com/oauth2/auth",
        "token": "https://api.dingtalk.com/v1.0/oauth2/userAccessToken",
        "person": "https://api.dingtalk.com/v1.0/contact/users/me",
    },
    "feishu": {
        "authorize": "https://accounts.feishu.cn/open-apis/authen/v1/authorize",
        "token": "https://open.feishu.cn/open-apis/authen/v2/oauth/token",
        "person": "https://open.feishu.cn/open-apis/authen/v1/user_info",
    },
    "wechat": {
        "authorize": "https://open.weixin.qq.com/connect/qrconnect",
        "token": "https://api.weixin.qq.com/sns/oauth2/access_token",
        "person": "https://api.weixin.qq.com/sns/userinfo",
    },
}


@dataclass(frozen=True, slots=True)
class Provider:
    """One of the four, as the settings of the server name it. `place` is the issuer, or another host than theirs for tries."""

    name: str
    client: str
    secret: str
    place: str = ""
    title: str = ""
    matches_email: bool = False  # an address that the provider has verified joins the sign-in that has it

    @property
    def caption(self) -> Text:
        """What people know it by."""
        return Text(self.title, self.title) if self.title else TITLES[self.name]

    def address(self, what: str) -> str:
        """Where it is asked for `authorize`, `token` or `person`; by `place`, its path at that host."""
        own = PLACES[self.name][what]
        return f"{self.place.rstrip('/')}{urlsplit(own).path}" if self.place else own


class NoProvider(ValueError):
    """A setting of a provider is incomplete."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"KESU_{name}: write CLIENT:SECRET, and for KESU_OIDC the issuer (https://…) in KESU_OIDC_ISSUER"
        )


def providers_of(environment: Mapping[str, str]) -> dict[str, Provider]:
    """The providers that are set, by name. Raises NoProvider."""
    found = {}
    for name in KINDS:
        word = name.upper()
        given = environment.get(f"KESU_{word}", "")
        if not given:
            continue
        client, colon, secret = given.partition(":")
        place = environment.get("KESU_OIDC_ISSUER" if name == "oidc" else f"KESU_{word}_AT", "")
        if not (client and colon and secret) or (name == "oidc" and not place):
            raise NoProvider(word)
        title, match = environment.get(f"KESU_{word}_TITLE", ""), environment.get(f"KESU_{word}_MATCH", "")
        found[name] = Provider(name, client, secret, place, title, name == "oidc" and match == "email")
    return found
