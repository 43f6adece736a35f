"""What is mine to do and what others owe, as rows in bands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from kesu.caseload.asking.queries import Task, queue, waiting
from kesu.reading.text import Text, listed
from kesu.worktime.until import Until

from ..who.here import Here

NOBODY: Final = Text("", "")
BANDS: Final = ("late", "today", "week", "later", "open")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do, as the page shows it. `who` are the others who can do it, for what others owe."""

    task: Task
    band: str
    who: Text = NOBODY

    @property
    def step(self) -> str:
        """The step that the button opens; empty for a task that no step settles."""
        return self.task.steps[0] if self.task.steps else ""

    @property
    def chip(self) -> str:
        """The name of the label that says how much time is left."""
        return {"late": "late", "today": "today", "open": "no set time"}.get(self.band, "in time")


@dataclass(frozen=True, slots=True)
class Work:
    """Everything on the page of one person; all counts come from these rows."""

    mine: list[Row]
    others: list[Row]


def in_bands(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """Every band that has rows, each with its own as they are sorted."""
    return [(name, mine) for name in BANDS if (mine := [row for row in rows if row.band == name])]


def by_file(rows: list[Row]) -> list[list[Row]]:
    """Rows without a limit together, file by file in the order of the first; a row with a limit stands alone."""
    rows_of: dict[str, list[Row]] = {}
    for place, row in enumerate(rows):
        key = row.task.file if row.band == "open" else str(place)
        rows_of.setdefault(key, []).append(row)
    return list(rows_of.values())


def work_of(here: Here) -> Work:
    """What this person has to do, and what others owe in cases that he acts in."""
    mine = [_row(task, here) for task in queue(here)]
    others = [_row(task, here) for task in waiting(here)]
    return Work(_sorted(mine), _sorted(others))


def _row(task: Task, here: Here) -> Row:
    return Row(task, _band(task.until, here), _holders(task, here))


def _band(until: Until | None, here: Here) -> str:
    if until is None:
        return "open"
    if until.late:
        return "late"
    today = here.now.astimezone(ZoneInfo(here.zone)).date()
    if until.day <= today:
        return "today"
    return "week" if until.day <= today + timedelta(days=6 - today.weekday()) else "later"


def _holders(task: Task, here: Here) -> Text:
    """Who can do it, by name; the post where nobody is known."""
    if not task.post:
        return NOBODY
    names = [here.directory.name_of(person) for person in task.able]
    title = here.title_of(task.post)
    if not names:
        return title
    return Text(f"{listed(names, 'zh')}（{title.zh}）", f"{listed(names, 'en')} ({title.en})")


def _sorted(rows: list[Row]) -> list[Row]:
    last = datetime.max.replace(tzinfo=ZoneInfo("UTC"))
    return sorted(
        rows,
        key=lambda row: (
            BANDS.index(row.band),
            row.task.until.at if row.task.until else last,
            row.task.grade != "major",
            row.task.label,
            row.step,
        ),
    )
