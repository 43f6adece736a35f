"""One case in a list, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from kesu.caseload.models import CaseRow
from kesu.procedure import words
from kesu.procedure.words.names import FACT
from kesu.reading.text import Text, listed

from ..who.here import Here


@dataclass(frozen=True, slots=True)
class CaseLine:
    """What a list shows of a case; nothing personal and nothing that may not be told yet."""

    file: str
    label: str
    title: Text
    state: Text
    topics: Text
    major: bool
    received: datetime
    due: datetime | None
    due_day: date | None  # where the limit ends with a day, that day
    provisional: bool
    late: bool
    owner: Text
    ended: datetime | None
    imported: bool


def case_line(row: CaseRow, here: Here) -> CaseLine:
    """A row in words."""
    return CaseLine(
        file=row.file,
        label=row.label,
        title=Text(row.title_zh, row.title_en),
        state=state_said(row, here),
        topics=_topics(row),
        major=row.grade == "major",
        received=row.received,
        due=row.next_due,
        due_day=last_day(row.next_due, here.zone),
        provisional=row.next_provisional,
        late=row.next_due is not None and row.next_due <= here.now,
        owner=here.title_of(row.owner) if row.owner else Text("", ""),
        ended=row.ended,
        imported=row.imported,
    )


def last_day(due: datetime | None, zone: str) -> date | None:
    """The day that a limit ends with: midnight is the end of the day before, not the beginning of the next."""
    local = due.astimezone(ZoneInfo(zone)) if due else None
    if local is None or (local.hour, local.minute) != (0, 0):
        return None
    return local.date() - timedelta(days=1)


def state_said(row: CaseRow, here: Here) -> Text:
    """The last step of the case, as its procedure calls it."""
    titled = (
        one.steps[row.state].title
        for one in here.procedures
        if one.id == row.procedure and row.state in one.steps
    )
    known = words.steps().get(row.state)
    return next(titled, known.title if known else Text(row.state, row.state))


def _topics(row: CaseRow) -> Text:
    choices = words.facts()[FACT.TOPIC].choices
    found = [choices[one] for one in row.topic if one in choices]
    return Text(listed([one.zh for one in found], "zh"), listed([one.en for one in found], "en"))
