"""Signing in: by user name or e-mail address, both without regard to case, and whom a sign-in stands for."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.http import HttpRequest

from .models import Person, User


class ByNameOrEmail(BaseBackend):
    """The authentication back-end of the house."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        """The user with this name or address and password; None when there is none, or he has left."""
        if not username or password is None:
            return None
        said = username.strip()
        user = User.objects.filter(Q(username__iexact=said) | Q(email__iexact=said)).order_by("id").first()
        if user is None:
            make_password(
                password
            )  # takes as long as a real check, so that the time does not tell who exists
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        """The user of a session, as long as he is active."""
        return User.objects.filter(pk=user_id, is_active=True).first()


def persons_of(user: User) -> list[Person]:
    """The person that each organisation knows by this sign-in and that has not left, by organisation."""
    return list(Person.objects.filter(user=user, left=None).order_by("organisation"))
