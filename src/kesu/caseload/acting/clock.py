"""The clock: appends what fell due in files that nobody opens. A stopped clock changes no verdict (semantics 2.2)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kesu.ledger.append import Conflict
from kesu.ledger.clock_doubt import ClockWrong
from kesu.ledger.oneway import writing
from kesu.names import FileName
from kesu.people.directory import Directory, directory_of
from kesu.people.models import Revision
from kesu.procedure.words import spoken

from ..folded.books import words_of_the_house
from ..folded.fold import NoSuchFile
from ..models import CaseRow
from .changes import Changes
from .house_act import open_children
from .watch_counts import count


def tick() -> int:
    """One round of the loop, by the server's clock; gives the number of entries appended."""
    return clock(now=timezone.now())


def clock(*, now: datetime, organisation: str | None = None, limit: int = 1000) -> int:
    """Lets time act up to `now` in at most `limit` files of each organisation; gives the number of entries appended.

    Each file is a transaction of its own. Where somebody writes to a file at the same moment, his act has let time act.
    Raises the first ClockWrong that a file ended in, once all others had their turn: only what stands there is ahead.
    """
    names = (
        [organisation]
        if organisation
        else Revision.objects.order_by("organisation").values_list("organisation", flat=True)
    )
    count, wrong = 0, list[ClockWrong]()
    for name in list(names):
        directory = directory_of(name)
        files = due(directory, now, limit)
        if not files:  # nobody reads all editions of a house to find nothing to do
            continue
        with spoken(words_of_the_house(directory)):
            for file in files:
                try:
                    count += _file(directory, file, now)
                except ClockWrong as this:
                    wrong.append(this)
    if wrong:
        raise wrong[0]
    return count


def due(directory: Directory, now: datetime, limit: int) -> list[FileName]:
    """Files in which something fell due by `now`, and those with a limit running that count by an old calendar version."""
    present = {
        version.digest
        for site in (None, *directory.sites)
        if (version := directory.calendar_at(site)) is not None
    }
    old = (Q(ended=None) | Q(clock__isnull=False)) & ~Q(calendar__in=present)
    rows = CaseRow.objects.filter(organisation=directory.organisation.organisation).filter(
        Q(clock__lte=now) | old
    )
    return [FileName(file) for file in rows.order_by("clock", "file").values_list("file", flat=True)[:limit]]


def _file(directory: Directory, file: FileName, now: datetime) -> int:
    """What time owes one file, and the files that are called for by then; gives the number of its entries."""
    try:
        with writing(), transaction.atomic():
            changes = Changes(directory, now)
            case = changes.as_it_will_be(file)
            acts = changes.append_owed(file)
            if acts and not case.ended:
                open_children(changes, file)
            count(changes)
            changes.write()
            return len(acts)
    except (Conflict, NoSuchFile):  # somebody wrote to it meanwhile, or this release cannot read its edition
        return 0
