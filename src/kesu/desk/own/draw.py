"""What a draw of cases is asked for: of which period, how many, with which seed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.translation import gettext as _

from kesu.caseload.asking.narrowing import Wanted
from kesu.procedure.kinds.typed_times import calendar_day
from kesu.reading.whole import whole

from ..who.here import Here

USUAL: Final = 5
MOST: Final = 30  # as many as somebody reads, and as are printed at once
LONGEST: Final = 40  # characters of a seed


@dataclass(frozen=True, slots=True)
class AskedDraw:
    """A draw as an address asks for it, with what was typed.

    `problems` say by the field what cannot be: nothing is drawn then. `begun`: whether a draw is asked for at all, or only the form.
    """

    n: int
    seed: str
    since: date | None
    until: date | None
    procedure: str | None
    typed: dict[str, str]
    problems: dict[str, str]
    begun: bool

    @property
    def ready(self) -> bool:
        """Whether it can be drawn."""
        return self.begun and not self.problems

    def wanted(self, zone: str) -> Wanted:
        """The cases of the period, by the day of their receipt, the last day included, of the procedure if one is chosen."""
        at = ZoneInfo(zone)
        return Wanted(
            procedure=self.procedure,
            since=datetime.combine(self.since, time.min, tzinfo=at) if self.since else None,
            until=datetime.combine(self.until + timedelta(days=1), time.min, tzinfo=at)
            if self.until
            else None,
        )

    def log_line(self, among: int) -> str:
        """Its line in the log: the seed, how many of how many, and the period."""
        period = f"{self.since or ''}–{self.until or ''}"
        parts = [self.seed, f"{self.n}/{among}", period if len(period) > 1 else "", self.procedure or ""]
        return " · ".join(filter(None, parts))


def asked_draw(query: QueryDict, here: Here) -> AskedDraw:
    """Reads the address; the form alone gets a seed that nobody chose."""
    begun = "n" in query
    typed = {name: query.get(name, "").strip()[:LONGEST] for name in ("n", "seed", "since", "until")}
    if not begun:
        typed |= {"n": str(USUAL), "seed": secrets.token_hex(4)}
    days = {
        name: calendar_day(typed[name], now=here.now, zone=here.zone) if typed[name] else None
        for name in ("since", "until")
    }
    n = whole(typed["n"]) or 0
    known = {procedure.id for procedure in here.procedures}
    wanted = query.get("procedure", "")
    return AskedDraw(
        n=n,
        seed=typed["seed"],
        since=days["since"],
        until=days["until"],
        procedure=wanted if wanted in known else None,
        typed=typed,
        problems=_problems(typed, days, n) if begun else {},
        begun=begun,
    )


def _problems(typed: dict[str, str], days: dict[str, date | None], n: int) -> dict[str, str]:
    found = {
        name: _("This is no date; write 3.6 or 2026-03-06.")
        for name, day in days.items()
        if typed[name] and day is None
    }
    since, until = days["since"], days["until"]
    if since and until and until < since:
        found["until"] = _("The period ends before it begins.")
    if not 1 <= n <= MOST:
        found["n"] = _("Draw between 1 and %(most)s cases.") % {"most": MOST}
    if not typed["seed"]:
        found["seed"] = _("A draw has a seed: type one, or take the one that was proposed.")
    return found
