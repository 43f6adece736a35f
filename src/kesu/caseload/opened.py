"""One case file opened for one person: fold, timeline, duties, and what he may do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kesu.casework.decide import Actor, Option, options
from kesu.casework.file import CaseFile
from kesu.casework.moving import MOVING
from kesu.people.cast import Cast, cast
from kesu.procedure.model import Procedure

from .claims import TAKEN_BY_THE_HOUSE, actors_for
from .fold import Folded, NoSuchFile, folds
from .lines import Line, lines_of
from .models import CaseRow
from .moving import movers
from .owing import owed
from .seeing import sees, visible


@dataclass(frozen=True, slots=True)
class Opened:
    """A case file as one person sees it at `now`. `number` goes back with a command as `seen`."""

    row: CaseRow
    case: CaseFile  # with what time owes up to now; written by the next act or by the clock, not by looking
    procedure: Procedure
    number: int
    lines: list[Line]
    actors: list[Actor]
    links: list[CaseRow]
    cast: Cast
    now: datetime

    def options(self) -> list[Option]:
        """Every step with what bars it for this person, in the best of his posts."""
        found = options(self.case, actors=self.actors, now=self.now)
        mine = [option for option in found if option.step.name not in (*TAKEN_BY_THE_HOUSE, MOVING)]
        if self.case.ended:
            return mine
        moving = options(self.case, actors=movers(self.actors[0].person, self.cast, self.now), now=self.now)
        return mine + [option for option in moving if option.step.name == MOVING]


def opened(file: str, *, organisation: str, person: str, now: datetime) -> Opened | None:
    """The file, or None when there is no such file or this person may not see it: the same answer."""
    known = cast(organisation)
    try:
        fold = folds.take(organisation, file)
    except NoSuchFile:
        return None
    seen = _opened(fold, known, person, now) if sees(fold, cast=known, person=person, now=now) else None
    folds.put(fold)
    return seen


def _opened(fold: Folded, known: Cast, person: str, now: datetime) -> Opened:
    row = CaseRow.objects.get(organisation=fold.organisation, file=fold.file)
    now = max(now, fold.head.noted) if fold.head.noted else now
    case = fold.case.copy()
    owed(case, cast=known, calendar=row.calendar, site=row.site, now=now)
    near = visible(cast=known, person=person, now=now)
    linked = [act.facts.get("linked file") for act in case.history.all("linked")]
    return Opened(
        row=row,
        case=case,
        procedure=fold.procedure,
        number=fold.head.number,
        lines=lines_of(fold, known),
        actors=actors_for(fold, cast=known, person=person, now=now),
        links=list(
            near.filter(file__in=[one for one in (row.parent, *linked) if one]).order_by("received", "file")
        ),
        cast=known,
        now=now,
    )
