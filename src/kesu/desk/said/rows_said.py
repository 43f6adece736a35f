"""One case in a list, in words."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from kesu.caseload.models import CaseRow
from kesu.procedure import words
from kesu.reading.text import Text
from kesu.worktime.until import Until, until

from ..who.here import Here


@dataclass(frozen=True, slots=True)
class CaseLine:
    """What a list shows of a case: its row, which holds nothing personal, and what has to be said in words."""

    row: CaseRow
    title: Text
    state: Text
    until: Until | None  # the end of its next limit
    owner: Text

    @property
    def major(self) -> bool:
        """Whether it is graded as major."""
        return self.row.grade == "major"


def case_line(row: CaseRow, here: Here) -> CaseLine:
    """A row in words."""
    return CaseLine(
        row=row,
        title=Text(row.title_zh, row.title_en),
        state=state_said(row, here),
        until=_until(row, here),
        owner=here.title_of(row.owner) if row.owner else Text("", ""),
    )


def _until(row: CaseRow, here: Here) -> Until | None:
    if row.next_due is None:
        return None
    return until(row.next_due, zone=ZoneInfo(here.zone), now=here.now, provisional=row.next_provisional)


def state_said(row: CaseRow, here: Here) -> Text:
    """The last step of the case, as its procedure calls it."""
    titled = (
        procedure.steps[row.state].title
        for procedure in here.procedures
        if procedure.id == row.procedure and row.state in procedure.steps
    )
    word = words.steps().get(row.state)
    return next(titled, word.title if word else Text(row.state, row.state))
