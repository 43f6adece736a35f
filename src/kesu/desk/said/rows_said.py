"""One case in a list, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from kesu.caseload.asking.opened import CaseView
from kesu.caseload.models import CaseRow
from kesu.caseload.sight.face import faces
from kesu.procedure import words
from kesu.procedure.words.names import FACT
from kesu.reading.text import Text, listed
from kesu.worktime.until import Until, until

from ..who.here import Here

NOTHING: Final = Text("", "")


@dataclass(frozen=True, slots=True)
class CaseLine:
    """What a list shows of a case: its row, which holds nothing personal, and what has to be said in words. `title` is its face."""

    row: CaseRow
    title: Text
    state: Text
    until: Until | None  # the end of its next limit
    owner: Text
    received_day: date
    topics: Text
    grade: Text
    procedure: Text

    @property
    def major(self) -> bool:
        """Whether it is graded as major."""
        return self.row.grade == "major"


def case_lines(rows: Iterable[CaseRow], here: Here) -> list[CaseLine]:
    """Rows in words, in their order."""
    listed = list(rows)
    titles = faces(listed)
    return [case_line(row, titles[row.file], here) for row in listed]


def line_of(view: CaseView, here: Here) -> CaseLine:
    """A case that is open, in the same words."""
    return case_line(view.row, view.face, here)


def case_line(row: CaseRow, title: Text, here: Here) -> CaseLine:
    """A row in words, under its face."""
    return CaseLine(
        row=row,
        title=title,
        state=step_said(row.procedure, row.state, here),
        until=_until(row, here),
        owner=here.title_of(row.owner) if row.owner else NOTHING,
        received_day=row.received.astimezone(ZoneInfo(here.zone)).date(),
        topics=_choices(FACT.TOPIC, row.topic),
        grade=_choices(FACT.GRADE, [row.grade] if row.grade else []),
        procedure=next(
            (one.title for one in here.procedures if one.id == row.procedure),
            Text(row.procedure, row.procedure),
        ),
    )


def _choices(name: str, values: Iterable[str]) -> Text:
    known = words.facts()[name].choices
    said = [known.get(value, Text(value, value)) for value in values]
    return Text(listed([one.zh for one in said], "zh"), listed([one.en for one in said], "en"))


def _until(row: CaseRow, here: Here) -> Until | None:
    if row.next_due is None:
        return None
    return until(row.next_due, zone=ZoneInfo(here.zone), now=here.now, provisional=row.next_provisional)


def step_said(procedure: str, step: str, here: Here) -> Text:
    """A step, mostly the last of a case, as the procedure of this name calls it."""
    titled = (one.steps[step].title for one in here.procedures if one.id == procedure and step in one.steps)
    word = words.steps().get(step)
    return next(titled, word.title if word else Text(step, step))
