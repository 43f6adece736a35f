"""The questions that other rooms ask about people. All read the cast; see there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from .cast import Standing, cast
from .models import Person, User


def persons_of(user: User) -> list[Person]:
    """The person that each organisation knows by this sign-in, by organisation."""
    return list(Person.objects.filter(user=user, left=None).order_by("organisation"))


def posts_of(*, organisation: str, person: str, at: datetime) -> list[Standing]:
    """The posts a person can act in at an instant, as holder or as stand-in."""
    return cast(organisation).posts_of(person, at)


def holders(*, organisation: str, post: str, at: datetime, unit: str | None = None) -> list[str]:
    """Who holds a post at an instant (in a unit, if asked); stand-ins are not holders."""
    return cast(organisation).holders(post, at, unit)


def units_above(*, organisation: str, person: str, at: datetime) -> tuple[str, ...]:
    """The units in which a person holds a post, and all above them on that day."""
    return cast(organisation).units_above(person, at)


def name_of(*, organisation: str, person: str) -> str:
    """A person's name, “erased” after an erasure."""
    return cast(organisation).name_of(person)


def names_of(*, organisation: str, persons: Iterable[str]) -> dict[str, str]:
    """Several persons' names."""
    known = cast(organisation)
    return {person: known.name_of(person) for person in persons}
