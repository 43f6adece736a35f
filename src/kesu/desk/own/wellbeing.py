"""Whether the server is well: what is written gets sealed, the loops take their turns, clock and disk can be relied on."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import orjson
from django.conf import settings
from django.db import connection

from kesu.ledger.clock_doubt import Doubt
from kesu.ledger.clock_watch import clock_doubt
from kesu.ledger.entry import moment
from kesu.ledger.models import Unsealed
from kesu.ledger.seal import last_checkpoint
from kesu.ledger.turns import last_turns
from kesu.people.models import Organisation

SEALED_WITHIN: Final = timedelta(minutes=10)
TURN_WITHIN: Final = timedelta(minutes=5)
CLOCK_BEHIND: Final = timedelta(minutes=1)
DISK: Final = 200 * 2**20  # bytes that have to be free
LOOKED_AT: Final = 200  # entries that wait; of more, these are as good as all
WAITING: Final = (
    "SELECT e.body FROM ledger_unsealed u JOIN ledger_entry e"
    f" ON e.organisation = u.organisation AND e.file = u.file AND e.number = u.number LIMIT {LOOKED_AT}"
)


@dataclass(frozen=True, slots=True)
class Wellbeing:
    """The figures, at one moment."""

    now: datetime
    unsealed: int
    oldest: datetime | None
    turns: dict[str, datetime]
    sealed: datetime | None
    free: int
    doubt: Doubt | None

    @property
    def unwell(self) -> list[str]:
        """What is not as it has to be, by a word each."""
        signs = {
            "sealing": self.oldest is not None and self.now - self.oldest > SEALED_WITHIN,
            "loops": any(self.now - turn > TURN_WITHIN for turn in self.turns.values()),
            "clock": self.doubt is not None
            or (self.sealed is not None and self.sealed - self.now > CLOCK_BEHIND),
            "disk": self.free < DISK,
        }
        return [what for what, is_unwell in signs.items() if is_unwell]


def wellbeing(now: datetime) -> Wellbeing:
    """As it is now. Fails where the database does not answer."""
    names = Organisation.objects.values_list("organisation", flat=True)
    sealed = [last.statement.time for name in names if (last := last_checkpoint(name)) is not None]
    return Wellbeing(
        now=now,
        unsealed=Unsealed.objects.count(),
        oldest=_oldest_waiting(),
        turns=last_turns(),
        sealed=max(sealed, default=None),
        free=shutil.disk_usage(settings.HOME).free,
        doubt=clock_doubt(),
    )


def _oldest_waiting() -> datetime | None:
    """Since when the oldest entry waits for the sealer."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        bodies = [bytes(row[0]) for row in cursor.fetchall()]
    return min((moment(orjson.loads(body)["noted"]) for body in bodies), default=None)
