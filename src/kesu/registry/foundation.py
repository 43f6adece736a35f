"""First boot: an organisation comes into being through the one way in, like everything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import orjson
from django.db import transaction

from kesu.caseload.acting.answers import Refused
from kesu.caseload.folded.recorded import SYSTEM
from kesu.ledger.marked import mark_founded_when_committed
from kesu.ledger.oneway import writing
from kesu.names import PersonId
from kesu.people.models import Organisation, User
from kesu.people.posts import ADMINISTRATOR
from kesu.people.registers import REGISTERS
from kesu.worktime.calendar import Calendar
from kesu.worktime.china import china_calendar

from .register_acts import RegisterAct, as_written, note

MAIN_UNIT = "main"


class AlreadyFounded(ValueError):
    """An organisation of this name exists."""


@dataclass(frozen=True, slots=True)
class Founder:
    """The first administrator. Without a password nobody can sign in by one."""

    username: str
    name: str
    email: str | None = None
    password: str | None = None


def found_organisation(
    *,
    organisation: str,
    title: str,
    zone: str,
    administrator: Founder,
    now: datetime,
    calendar: Calendar | None = None,
) -> PersonId:
    """Founds an organisation with one unit, its calendar and its first administrator; gives that person's id.

    Without a calendar it starts with the one of China. Raises AlreadyFounded.
    """
    with writing(), transaction.atomic():
        if Organisation.objects.filter(organisation=organisation).exists():
            raise AlreadyFounded(f"the organisation “{organisation}” exists already; choose another name")
        person = new_person_id()
        user = User.objects.filter(username=administrator.username).first() or User.objects.create_user(
            username=administrator.username,
            name=administrator.name,
            email=administrator.email,
            password=administrator.password,
        )
        steps: list[tuple[str, str, Mapping[str, Any]]] = [
            (f"organisation/{organisation}", "founded", {"title": title, "zone": zone}),
            (f"organisation/{organisation}", "unit added", {"unit": MAIN_UNIT, "title": title}),
            (
                "calendar/main",
                "calendar noted",
                calendar_facts(calendar or china_calendar(), source="founding"),
            ),
            (f"person/{person}", "person registered", {"name": administrator.name, "sign in": user.pk}),
            (f"post/{ADMINISTRATOR}", "post taken", {"person": person, "unit": MAIN_UNIT, "from": now}),
        ]
        for file, step, facts in steps:
            _must(
                RegisterAct(file, step, {word: as_written(value) for word, value in facts.items()}),
                organisation,
                now,
            )
        mark_founded_when_committed(organisation, now)
    return person


def calendar_facts(calendar: Calendar, *, source: str) -> dict[str, str]:
    """A calendar version as the facts of its entry."""
    text = orjson.dumps(calendar.to_data(), option=orjson.OPT_SORT_KEYS).decode()
    return {"text": text, "digest": calendar.digest, "source": source}


def new_person_id() -> PersonId:
    """An opaque id: nothing can be read from it."""
    return PersonId(f"p-{uuid4().hex[:12]}")


def _must(act: RegisterAct, organisation: str, now: datetime) -> None:
    register = REGISTERS[act.file.partition("/")[0]]
    answer = note(act, register, register.forms[act.step], organisation=organisation, person=SYSTEM, now=now)
    if isinstance(answer, Refused):
        raise ValueError(f"{act.file}: {'; '.join(answer.sentences('en'))}")
