"""Sending an act to a register of the organisation from a page: what is in the way, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kesu.caseload.acting.answers import Busy, Done, KeyTaken
from kesu.ledger.clock_doubt import ClockWrong
from kesu.registry.register_acts import RegisterAct, register

from ..who.here import Here

LONGEST_KEY = 60


def in_the_way(act: RegisterAct, here: Here, key: str) -> list[str]:
    """What keeps the register from taking an act; nothing when it was noted."""
    try:
        answer = register(
            act, organisation=here.organisation, person=here.person, now=here.now, key=key[:LONGEST_KEY]
        )
    except KeyTaken:
        return [_("This form was sent before with something else in it. Open it again.")]
    except Busy:
        return [_("Others are writing to this register at once; nothing was written. Send it again.")]
    except ClockWrong as wrong:
        return [wrong.in_(here.lang)]
    return [] if isinstance(answer, Done) else answer.sentences(here.lang)
