"""Sending an act to a register of the organisation from a page: what is in the way, in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypedDict, TypeVar

from django.utils.translation import gettext as _

from kesu.caseload.acting.answers import Busy, Done, KeyTaken, Refused
from kesu.ledger.clock_doubt import ClockWrong
from kesu.registry.register_acts import RegisterAct, register

from ..who.here import Here

LONGEST_KEY = 60
Answer = TypeVar("Answer")


class By(TypedDict):
    """Who sends an act, in which organisation, when."""

    organisation: str
    person: str
    now: datetime


def by(here: Here) -> By:
    """The person at this screen."""
    return By(organisation=here.organisation, person=here.person, now=here.now)


def in_the_way(act: RegisterAct, here: Here, key: str) -> list[str]:
    """What keeps the register from taking an act; nothing when it was noted."""

    def sent() -> Done | Refused:
        return register(act, key=key[:LONGEST_KEY], **by(here))

    answer = answered(sent, here)
    return answer if isinstance(answer, list) else []


def answered(send: Callable[[], Answer | Refused], here: Here) -> Answer | list[str]:
    """What `send` brought, or in words what kept it from being noted."""
    try:
        answer = send()
    except KeyTaken:
        return [_("This form was sent before with something else in it. Open it again.")]
    except Busy:
        return [_("Others are writing to this register at once; nothing was written. Send it again.")]
    except ClockWrong as wrong:
        return [wrong.in_(here.lang)]
    return answer.sentences(here.lang) if isinstance(answer, Refused) else answer
