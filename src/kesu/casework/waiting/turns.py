"""Which steps a file waits for, and from when until when: time alone may open a step or shut it, though nothing happens.

What is planned is a date and never an entry (semantics 2.1): rows carry the instants, and whoever lists what is to do holds
them against the present. So nobody has to wake the file, and rows follow from the ledger alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Final

from ..deciding.clock import next_change
from ..file.case_file import CaseFile
from .needs import need
from .outstanding import NeedOf, Ready, outstanding
from .takers import Takers

MOST_CHANGES: Final = 24  # that are looked ahead; with the next act they are worked out anew


@dataclass(frozen=True, slots=True)
class Turn:
    """A step that the file waits for. `start`, `until`: from which instant, and before which, it can be taken.

    None: as the file stands already; for as long as nothing happens. `nth` counts the turns of one step from 0.
    """

    ready: Ready
    start: datetime | None = None
    until: datetime | None = None
    nth: int = 0


def turns(case: CaseFile, need_of: NeedOf) -> list[Turn]:
    """What `outstanding` says now, and what it will say as time goes on and nothing else happens."""
    now = outstanding(case, need_of)
    changes = list(_changes(case))
    if not changes:
        return [Turn(ready) for ready in now]
    later = [outstanding(case, cache(partial(need, Takers(case, now=at)))) for at in changes]
    return list(_stretches([now, *later], [None, *changes]))


def _changes(case: CaseFile) -> Iterator[datetime]:
    at = next_change(case, case.history.acts[-1].noted) if case.history.acts and not case.ended else None
    for _ in range(MOST_CHANGES):
        if at is None:
            return
        yield at
        at = next_change(case, at)


def _stretches(rounds: list[list[Ready]], starts: list[datetime | None]) -> Iterator[Turn]:
    """The rounds in which a step is ready one after the other are one turn."""
    by_round = [{ready.step: ready for ready in ready_then} for ready_then in rounds]
    for step in dict.fromkeys(step for ready_then in by_round for step in ready_then):
        nth = 0
        for place, ready_then in enumerate(by_round):
            if step in ready_then and (place == 0 or step not in by_round[place - 1]):
                gone = (
                    at for at, one in zip(starts[place:], by_round[place:], strict=True) if step not in one
                )
                yield Turn(ready_then[step], starts[place], next(gone, None), nth)
                nth += 1
