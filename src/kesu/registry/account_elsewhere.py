"""The account elsewhere that somebody signs in by, parted for him: it was taken over, or is no longer his."""

from __future__ import annotations

from datetime import datetime

from kesu.caseload.acting.answers import Done, Refused
from kesu.people.models import User
from kesu.people.providers import part

from .register_acts import RegisterAct, register
from .together import taken, together


def part_of(
    of: str, user: User, provider: str, *, organisation: str, person: str, now: datetime, key: str
) -> Done | Refused:
    """The account at this provider lets him in no more, and his file says so, both or neither. Raises KeyTaken, Busy, ClockInDoubt."""

    def both() -> Done:
        act = RegisterAct(f"person/{of}", "account parted", {"provider": provider})
        done = taken(register(act, organisation=organisation, person=person, now=now, key=key))
        part(user, provider)
        return done

    return together(both)
