"""Somebody joins the house: the person, his sign-in and his first post, together or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kesu.caseload.acting.answers import Done, Refused
from kesu.names import PersonId
from kesu.people.first_password import drawn
from kesu.people.models import User
from kesu.people.sign_in import user_called
from kesu.reading.text import Text

from .foundation import new_person_id
from .register_acts import RegisterAct, register
from .together import taken, together


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Who joins. Without `sign_in` he cannot get in; without `post` he holds none yet; `until` ends the post by itself."""

    name: str
    sign_in: str = ""
    post: str = ""
    unit: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """He is in the register. `password` is shown once and has to be changed at the first sign-in; empty without a sign-in."""

    person: PersonId
    password: str


def add_person(
    newcomer: Newcomer, *, organisation: str, person: str, now: datetime, key: str
) -> Joined | Refused:
    """Registers somebody. Refused, with nothing left behind, where the sign-in is taken or a register does not take it.

    Raises KeyTaken, Busy, ClockInDoubt.
    """
    joined, password = new_person_id(), drawn() if newcomer.sign_in else ""

    def all_of_it() -> Done:
        facts: dict[str, Any] = {"name": newcomer.name}
        if newcomer.sign_in:
            facts["sign in"] = taken_sign_in(newcomer.sign_in, newcomer.name, password)
        done = noted(f"person/{joined}", "person registered", facts, "person")
        if newcomer.post:
            held = {"person": joined, "unit": newcomer.unit, "from": newcomer.since or now}
            held |= {"until": newcomer.until} if newcomer.until else {}
            noted(f"post/{newcomer.post}", "post taken", held, "post")
        return done

    def noted(file: str, step: str, facts: dict[str, Any], part: str) -> Done:
        act = RegisterAct(file, step, facts)
        return taken(
            register(act, organisation=organisation, person=person, now=now, key=f"{key}/{part}"),
        )

    answer = together(all_of_it)
    return answer if isinstance(answer, Refused) else Joined(joined, password)


def give_sign_in(
    to: str, sign_in: str, *, organisation: str, person: str, now: datetime, key: str
) -> Joined | Refused:
    """Lets somebody who is in the register sign in from now on. Refused where the name is taken. Raises KeyTaken, Busy."""
    password = drawn()

    def both() -> Done:
        from kesu.people.directory import directory_of

        number = taken_sign_in(sign_in, directory_of(organisation).name_of(to), password)
        act = RegisterAct(f"person/{to}", "sign in given", {"sign in": number})
        return taken(register(act, organisation=organisation, person=person, now=now, key=key))

    answer = together(both)
    return answer if isinstance(answer, Refused) else Joined(PersonId(to), password)


def taken_sign_in(sign_in: str, name: str, password: str) -> int:
    """A new sign-in whose password is due to be changed; inside `together`."""
    if user_called(sign_in) is not None:
        problem = Text(
            f"登录名“{sign_in}”已有人用，换一个", f"somebody signs in as “{sign_in}” already; choose another"
        )
        taken(Refused(None, problems=(problem,)))
    made = User.objects.create_user(username=sign_in, name=name, password=password, password_due=True)
    return int(made.pk)
