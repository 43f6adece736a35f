"""The next steps of open cases, kept in memory as long as nothing that they hang on has changed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from threading import Lock
from typing import Final

from kesu.caseload.models import CaseRow
from kesu.caseload.opened import opened
from kesu.caseload.queries import Wanted, cases
from kesu.forms.next_steps import Next, next_steps
from kesu.procedure.model import Procedure

from .here import Here

MOST: Final = 100  # the newest open cases that are looked through
KEPT: Final = 4000

Key = tuple[str, str, int, str, int, int]
_kept: OrderedDict[Key, tuple[Procedure, list[Next]]] = OrderedDict()
_lock = Lock()


def open_cases(here: Here) -> Iterator[tuple[CaseRow, Procedure, list[Next]]]:
    """Open cases that this person sees, each with the steps that it waits for and who can take them."""
    page = cases(
        organisation=here.organisation, person=here.person, now=here.now, wanted=Wanted(open=True), limit=MOST
    )
    for row in page.rows:
        found = _nexts(row, here)
        if found is not None:
            yield row, *found


def _nexts(row: CaseRow, here: Here) -> tuple[Procedure, list[Next]] | None:
    """What does not depend on who looks, so one answer serves everybody."""
    hour = int(here.now.timestamp() // 3600)  # posts and stand-ins begin and end by the clock alone
    key = (here.organisation, row.file, row.number, row.head, here.cast.revision, hour)
    with _lock:
        kept = _kept.get(key)
    if kept is not None:
        return kept
    seen = opened(row.file, organisation=here.organisation, person=here.person, now=here.now)
    if seen is None:
        return None
    made = (seen.procedure, next_steps(seen.case, cast=here.cast, now=here.now))
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made
