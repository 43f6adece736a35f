"""The second factor of a sign-in: a code of an app (TOTP, RFC 6238), or one of ten recovery codes. Each opens once.

The secret of the app is kept under a key that follows from the secret key of the home, outside the database, and recovery codes
by a digest under it: who has the database alone, or a copy of it, makes no code. Whoever asks for a code at a page goes through
`desk/who/door.py`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import unicodedata
from collections.abc import Collection
from datetime import datetime
from typing import Final, Literal

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import transaction
from pyotp.utils import strings_equal

from .directory import Directory
from .first_password import drawn
from .models import User

ISSUER: Final = "Kesu"
SECONDS: Final = 30  # that a code holds
AROUND: Final = (0, -1, 1)  # half minutes: clocks differ, people type slowly
CODES: Final = 10
FILE: Final = "organisation"  # of the settings that belong to no procedure
DEMANDED: Final = "posts with a second factor"  # its value: their names with commas between, or NOBODY
NOBODY: Final = "none"
By = Literal["app", "recovery"]

log = logging.getLogger(__name__)


def is_on(user: User) -> bool:
    """Whether this sign-in is asked for a code."""
    return bool(user.second_secret)


def posts_demanded(directory: Directory) -> frozenset[str]:
    """The posts whose holders have to have one, as the organisation settled it."""
    said = directory.settings.get(FILE, {}).get(DEMANDED, NOBODY)
    return frozenset() if said == NOBODY else frozenset(name.strip() for name in said.split(","))


def is_demanded(directory: Directory, person: str, now: datetime) -> bool:
    """Whether he holds such a post, or stands in for somebody who does."""
    posts = posts_demanded(directory)
    return bool(posts) and any(seat.post in posts for seat in directory.seats_of(person, now))


def drawn_secret() -> str:
    """A new secret for an app, in letters that can be typed."""
    return pyotp.random_base32()


def sealed(secret: str) -> bytes:
    """The secret under the key of the home."""
    return Fernet(base64.urlsafe_b64encode(_key())).encrypt(secret.encode())


def opened(under_key: bytes) -> str | None:
    """The secret again; None where this home has another key than the one that it was sealed under."""
    try:
        return Fernet(base64.urlsafe_b64encode(_key())).decrypt(bytes(under_key)).decode()
    except InvalidToken:
        log.error("a second factor was sealed under another secret key than this server has")
        return None


def address_for_app(user: User, secret: str, house: str) -> str:
    """What the code of squares holds that an app reads: `otpauth://`, with the organisation and the user name."""
    return pyotp.TOTP(secret, interval=SECONDS).provisioning_uri(
        name=user.username, issuer_name=f"{ISSUER} {house}"
    )


def begin(user: User, secret: str, code: str, now: datetime) -> list[str] | None:
    """From now on a code is asked; gives the recovery codes, which are kept nowhere. None, and nothing changed, for a wrong code."""
    step = _step_of(secret, code, now)
    if step is None:
        return None
    user.second_secret, user.second_step = sealed(secret), step
    codes = _drawn_codes(user)
    user.save(update_fields=["second_secret", "second_step", "recovery"])
    return codes


def new_recovery_codes(user: User) -> list[str]:
    """Ten others; those before open no more."""
    codes = _drawn_codes(user)
    user.save(update_fields=["recovery"])
    return codes


def end(user: User) -> None:
    """No code is asked any more."""
    user.second_secret, user.second_step, user.recovery = None, 0, []
    user.save(update_fields=["second_secret", "second_step", "recovery"])


def taken(user: User, code: str, now: datetime) -> By | None:
    """By what the code opened, which it does not do again, whoever sends it at the same moment; None where it does not open."""
    with transaction.atomic():
        held = User.objects.select_for_update().get(pk=user.pk)
        secret = opened(bytes(held.second_secret)) if held.second_secret else None
        step = _step_of(secret, code, now) if secret else None
        if step is not None and step > held.second_step:
            held.second_step = step
            held.save(update_fields=["second_step"])
            return "app"
        digest = _digest(code)
        if secret and _is_among(digest, held.recovery):
            held.recovery = [one for one in held.recovery if one != digest]
            held.save(update_fields=["recovery"])
            return "recovery"
    return None


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """The half minute whose code this is, among those around now."""
    app, plain = pyotp.TOTP(secret, interval=SECONDS), _plain(code)
    present = app.timecode(now)
    fitting = [
        present + around for around in AROUND if strings_equal(plain, app.at(now, counter_offset=around))
    ]
    return max(fitting, default=None)


def _drawn_codes(user: User) -> list[str]:
    codes = [drawn() for _ in range(CODES)]
    user.recovery = [_digest(code) for code in codes]
    return codes


def _digest(code: str) -> str:
    return hmac.new(_key(), _plain(code).lower().encode(errors="surrogatepass"), hashlib.sha256).hexdigest()


def _is_among(digest: str, kept: Collection[str]) -> bool:
    return any(hmac.compare_digest(digest, one) for one in kept)


def _plain(code: str) -> str:
    """As it was meant: full-width digits, spaces and hyphens are how people type and copy it."""
    return "".join(mark for mark in unicodedata.normalize("NFKC", code)[:100] if mark not in " -\t")


def _key() -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), b"second factor", hashlib.sha256).digest()
