"""Sessions in the database under the digest of their key: who reads the table, or a backup of it, is signed in by none."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from kesu.ledger.clock_watch import steady_now
from kesu.people.models import User

from .access import address_of
from .idle import LAST

LENGTH = 40  # of the column; 160 bits
SINCE, ADDRESS, DEVICE = "signed in since", "signed in at", "signed in with"  # keys in the session
BROWSERS: Final = {
    "MicroMessenger": "微信 WeChat", "wxwork": "企业微信 WeCom", "DingTalk": "钉钉 DingTalk", "Lark": "飞书 Feishu",
    "Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "CriOS": "Chrome", "Safari": "Safari",
}  # fmt: skip
SYSTEMS: Final = {
    "Windows": "Windows", "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Mac OS X": "macOS", "Linux": "Linux",
}  # fmt: skip
LONGEST: Final = 400  # characters of what a browser calls itself


class SessionStore(InDatabase):
    """Django's store in the database; the key itself stands in the cookie of the browser and nowhere else."""

    def exists(self, session_key: str) -> bool:
        """Whether a session stands under this key."""
        return super().exists(digest(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """The row as it is written; how long it holds is counted steadily, so that no clock that is set ends it."""
        row = super().create_model_instance(data)
        row.session_key = digest(row.session_key)
        row.expire_date = self.get_expiry_date(modification=steady_now())
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Ends the session under this key, or this one."""
        key = session_key or self.session_key
        if key is not None:
            super().delete(digest(key))

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        """The row of this session as long as it holds; without one the key is forgotten, so that nobody chooses his own."""
        key = digest(self.session_key or "")
        row = self.model.objects.filter(session_key=key, expire_date__gt=steady_now()).first()
        if row is None:
            self._session_key = None
        return row


def digest(key: str) -> str:
    """Under what a key stands in the table."""
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()[:LENGTH]


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One browser in which somebody is signed in: the row of the table, since when, from where, with what, his last act there."""

    row: str
    since: datetime | None
    address: str
    last: datetime | None
    device: str

    def is_of(self, session_key: str | None) -> bool:
        """Whether it is the session under this key."""
        return session_key is not None and self.row == digest(session_key)


def note_beginning(request: HttpRequest, *, now: datetime) -> None:
    """Writes down since when and from where, for who looks at his open sessions."""
    request.session[SINCE], request.session[ADDRESS] = now.isoformat(), address_of(request)
    request.session[DEVICE] = device_of(request.headers.get("User-Agent", ""))


def device_of(calls_itself: str) -> str:
    """Browser and system, as far as a browser tells: “Chrome · Windows”; empty where it says nothing that is known."""
    said = calls_itself[:LONGEST]
    found = [
        next((name for sign, name in names.items() if sign in said), "") for names in (BROWSERS, SYSTEMS)
    ]
    return " · ".join(one for one in found if one)


def sessions_of(user: User) -> list[OpenSession]:
    """Where he is signed in now, the last used first. Reads every session that holds."""
    return sorted(
        (_opened(row) for row in _held_by(user)),
        key=lambda one: one.last.isoformat() if one.last else "",
        reverse=True,
    )


def end_sessions(user: User, *, row: str | None = None, but: str | None = None) -> int:
    """Signs him out in one browser, or in all (but the session of this key); how many that were."""
    keep = digest(but) if but else None
    ended = [one for one in _held_by(user) if row in (None, one.session_key) and one.session_key != keep]
    for one in ended:
        one.delete()
    return len(ended)


def _held_by(user: User) -> list[Session]:
    rows = Session.objects.filter(expire_date__gt=steady_now())
    return [row for row in rows if row.get_decoded().get(SESSION_KEY) == str(user.pk)]


def _opened(row: Session) -> OpenSession:
    held = row.get_decoded()
    return OpenSession(
        row.session_key,
        _moment(held.get(SINCE)),
        str(held.get(ADDRESS, "")),
        _moment(held.get(LAST)),
        str(held.get(DEVICE, "")),
    )


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None
