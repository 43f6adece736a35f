"""The files in which somebody is named as one whom they are about: he does not see them, and may say something about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kesu.casework.file.naming import states_himself
from kesu.names import FileName
from kesu.procedure.words.names import FACT

from ..folded.fold import folds
from ..models import ApartRow, CaseRow
from ..sight.reader import Reader


@dataclass(frozen=True, slots=True)
class NamedIn:
    """An open file: its number, since when he is named for good, and his own statements with their time; nothing else of it."""

    file: str
    label: str
    since: datetime
    given: Sequence[tuple[datetime, str]]


def named_in(reader: Reader) -> list[NamedIn]:
    """The open files in which the reader himself is named for good, by number."""
    rows = ApartRow.objects.filter(organisation=reader.organisation, person=reader.person, hides=True)
    since = {row.file: row.named_since for row in rows if row.named_since is not None}
    open_ = CaseRow.objects.filter(organisation=reader.organisation, ended=None, file__in=since)
    labels = open_.order_by("label").values_list("file", "label")
    return [NamedIn(file, label, since[file], _given(reader, FileName(file))) for file, label in labels]


def _given(reader: Reader, file: FileName) -> list[tuple[datetime, str]]:
    """What he himself said here, the oldest first; what was erased reads as it does everywhere."""
    fold = folds.take(reader.organisation, file)
    history = fold.case.history
    own = [
        (act.at, str(act.facts.get(FACT.STATEMENT) or ""))
        for act in history.acts
        if act.by == reader.person and states_himself(history, act) and history.counts(act.number)
    ]
    folds.put(fold)
    return own
