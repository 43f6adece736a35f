"""The second factor as the organisation looks after it: for which posts it is demanded, and whose is reset."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from kesu.caseload.acting.answers import Done, Refused
from kesu.people.models import User
from kesu.people.second_factor import DEMANDED, FILE, NOBODY, end

from .register_acts import RegisterAct, register
from .together import taken, together


def demand_of(
    posts: Collection[str], *, organisation: str, person: str, now: datetime, key: str
) -> Done | Refused:
    """From now on the holders of these posts have to have one, and of no others. Raises KeyTaken, Busy, ClockInDoubt."""
    facts = {"name": DEMANDED, "value": ", ".join(sorted(posts)) or NOBODY}
    act = RegisterAct(f"setting/{FILE}", "set", facts)
    return register(act, organisation=organisation, person=person, now=now, key=key)


def reset(of: str, user: User, *, organisation: str, person: str, now: datetime, key: str) -> Done | Refused:
    """Takes away what somebody has lost, and notes it in his file, both or neither. Raises KeyTaken, Busy, ClockInDoubt."""

    def both() -> Done:
        act = RegisterAct(f"person/{of}", "second factor reset")
        done = taken(register(act, organisation=organisation, person=person, now=now, key=key))
        end(user)
        return done

    return together(both)
