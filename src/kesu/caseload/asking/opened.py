"""One case file opened for one person: fold, timeline, duties, and what he may do next."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from kesu.casework.deciding.decide import Actor, Option, options
from kesu.casework.file.case_file import CaseFile
from kesu.casework.file.edition_move import MOVING
from kesu.ledger.read import answered
from kesu.people.directory import Directory, directory_of
from kesu.procedure.history.of_a_file import History
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import BY_THE_HOUSE
from kesu.procedure.written.model import Procedure

from ..acting.edition_move import movers
from ..acting.owed_by_time import owed
from ..folded.fold import Folded, NoSuchFile, folds
from ..models import CaseRow, CountedRow
from ..sight.claims import actors_for
from ..sight.lines import Line, lines_of
from ..sight.seeing import sees, visible
from .watches import lines_shown

NAMED: Final = re.compile(r"case/[0-9a-f]{32}(#\d+)?")  # how an entry names another case file


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
    named: Mapping[str, str]  # the numbers of the files that its entries name, of those that this person sees
    directory: Directory
    now: datetime

    def options(self) -> list[Option]:
        """Every step with what bars it for this person, in the best of his posts."""
        found = options(self.case, actors=self.actors, now=self.now)
        mine = [option for option in found if option.step.name not in (*BY_THE_HOUSE, MOVING)]
        if self.case.ended:
            return mine
        moving = options(
            self.case, actors=movers(self.actors[0].person, self.directory, self.now), now=self.now
        )
        return mine + [option for option in moving if option.step.name == MOVING]


def files_named(history: History) -> set[str]:
    """The case files that the facts of a history name, with or without the entry up to which they were looked at."""
    values = (value for act in history.acts for value in act.facts.values())
    texts = (one for value in values for one in (value if isinstance(value, list) else (value,)))
    return {one.partition("#")[0] for one in texts if isinstance(one, str) and NAMED.fullmatch(one)}


def opened(file: str, *, organisation: str, person: str, now: datetime) -> Opened | None:
    """The file, or None when there is no such file or this person may not see it: the same answer."""
    directory = directory_of(organisation)
    try:
        fold = folds.take(organisation, file)
    except NoSuchFile:
        return None
    seen = (
        _opened(fold, directory, person, now)
        if sees(fold, directory=directory, person=person, now=now)
        else None
    )
    folds.put(fold)
    return seen


def when_answered(seen: Opened, *, person: str, key: str) -> Opened:
    """The file as it stood before the act that this key has led to already, so that a form sent twice reads alike.

    What a form asks hangs on the file; read against what its own act has changed, the same form would be another command.
    """
    row = seen.row
    earlier = answered(row.organisation, person, key) if key else None
    if earlier is None or earlier.file != row.file:
        return seen
    case = seen.case.empty()
    for act in seen.case.history.acts:
        if act.number < earlier.number:
            case.apply(act)
    return replace(seen, case=case, number=earlier.number - 1)


def _opened(fold: Folded, directory: Directory, person: str, now: datetime) -> Opened:
    row = CaseRow.objects.get(organisation=fold.organisation, file=fold.file)
    now = max(now, fold.head.noted) if fold.head.noted else now
    case = fold.case.copy()
    owed(case, directory=directory, calendar=row.calendar, site=row.site, now=now)
    near = visible(directory=directory, person=person, now=now)
    linked = [act.facts.get(FACT.LINKED_FILE) for act in case.history.all(STEP.LINKED)]
    counts = CountedRow.objects.filter(organisation=fold.organisation, file=fold.file)
    watches = counts.values_list("into", flat=True) if fold.procedure.watches else ()
    around = {one for one in (row.parent, *linked, *watches) if one}
    found = list(near.filter(file__in=around | files_named(case.history)).order_by("received", "file"))
    return Opened(
        row=row,
        case=case,
        procedure=fold.procedure,
        number=fold.head.number,
        lines=lines_shown(lines_of(fold, directory), directory=directory, person=person, now=now),
        actors=actors_for(fold, directory=directory, person=person, now=now),
        links=[one for one in found if one.file in around],
        named={one.file: one.label for one in found},
        directory=directory,
        now=now,
    )
