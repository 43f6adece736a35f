"""Signing in: by user name or e-mail address, both without regard to case, and whom a sign-in stands for.

Whoever asks for a password at a page goes through `desk/who/door.py`; nothing else calls `is_password_of`.
"""

from __future__ import annotations

from threading import BoundedSemaphore
from typing import Any, Final

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.http import HttpRequest

from .models import Person, User

LONGEST_NAME: Final = 254  # characters, of an address; databases compare no pattern of any length
AT_ONCE: Final = 2  # passwords that are worked on; each takes 100 MB on purpose
_working = BoundedSemaphore(AT_ONCE)


class ByNameOrEmail(BaseBackend):
    """The authentication back-end of the house."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        """The user with this name or address and password; None when there is none, or he has left."""
        if not username or password is None:
            return None
        user = user_called(username)
        return user if is_password_of(user, password) else None

    def get_user(self, user_id: int) -> User | None:
        """The user of a session, as long as he is active."""
        return User.objects.filter(pk=user_id, is_active=True).first()


def user_called(name: str) -> User | None:
    """The sign-in of this name or address; none is called by a name that holds what cannot be typed."""
    name = name.strip()
    if not name.isprintable() or len(name) > LONGEST_NAME:
        return None
    return User.objects.filter(Q(username__iexact=name) | Q(email__iexact=name)).order_by("id").first()


def is_password_of(user: User | None, password: str) -> bool:
    """Whether it is the password of an active user. It takes as long without one, so that the time does not tell who exists."""
    with _working:
        if user is None:
            make_password(password)
            return False
        return user.check_password(password) and user.is_active


def set_password(user: User, password: str, *, is_due: bool = False) -> None:
    """Gives a user another password; his sessions end. `is_due`: he has to choose one himself before anything else."""
    with _working:
        user.set_password(password)
    user.password_due = is_due
    user.save(update_fields=["password", "password_due"])


def persons_of(user: User) -> list[Person]:
    """The person that each organisation knows by this sign-in and that has not left, by organisation."""
    return list(Person.objects.filter(user=user, left=None).order_by("organisation"))
