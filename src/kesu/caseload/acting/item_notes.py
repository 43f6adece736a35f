"""What a register learns of a subject item enters every open file about that item, in the same transaction."""

from __future__ import annotations

from datetime import datetime

from kesu.people.directory import Directory

from ..models import CaseRow, ConcernRow
from .changes import Changes
from .subjects import item_act
from .watch_counts import count


def note_item(directory: Directory, key: str, *, now: datetime) -> None:
    """Appends “item noted” where the register now says something new. Recusal learned late comes this way too."""
    organisation = directory.organisation.organisation
    concerned = ConcernRow.objects.filter(organisation=organisation, item=key).values("file")
    open_ = CaseRow.objects.filter(organisation=organisation, ended=None, file__in=concerned)
    changes = Changes(directory, now)
    for file in open_.order_by("file").values_list("file", flat=True):
        fold = changes.take(file)
        trial = fold.case.copy()
        owed = changes.owed(fold, trial)
        act = item_act(trial, key, organisation=organisation, number=trial.number + 1, now=changes.now)
        if act is None:
            continue
        trial.apply(act)
        for one in (*owed, act, *trial.following(at=changes.now, noted=changes.now)):
            changes.add(file, one)
    count(changes)
    changes.write()
