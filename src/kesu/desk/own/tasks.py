"""What is mine to do and what others owe, as rows in bands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from kesu.caseload.asking.queries import Task, queue, waiting
from kesu.reading.text import Text, listed

from ..who.here import Here

NOBODY: Final = Text("", "")
BANDS: Final = ("late", "today", "week", "later", "open")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do, as the page shows it. `who` are the others who can do it, for what others owe."""

    file: str
    label: str
    title: Text
    grade: str
    step: str
    what: Text
    why: Text
    clauses: tuple[str, ...]
    due_at: datetime | None
    due_date: date | None
    provisional: bool
    band: str
    who: Text = NOBODY
    action: Text = NOBODY  # what the button says
    all_day: bool = False  # the limit ends with the day

    @property
    def due_day(self) -> date | None:
        """Where the limit ends with a day, that day."""
        return self.due_date if self.all_day else None

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
    found: dict[str, list[Row]] = {}
    for place, row in enumerate(rows):
        key = row.file if row.band == "open" else str(place)
        found.setdefault(key, []).append(row)
    return list(found.values())


def work_of(here: Here) -> Work:
    """What this person has to do, and what others owe in cases that he acts in."""
    mine = [_row(task, here) for task in queue(here)]
    others = [_row(task, here) for task in waiting(here)]
    return Work(_sorted(mine), _sorted(others))


def _row(task: Task, here: Here) -> Row:
    return Row(
        file=task.file,
        label=task.label,
        title=task.title,
        grade=task.grade,
        step=task.steps[0] if task.steps else "",
        what=task.what,
        why=task.why,
        clauses=task.clauses,
        due_at=task.due_at,
        due_date=task.due_date,
        provisional=task.provisional,
        band="late" if task.overdue else _band(task.due_at, here),
        who=_holders(task, here),
        action=task.action,
        all_day=_ends_day(task.due_at, here),
    )


def _band(due: datetime | None, here: Here) -> str:
    if due is None:
        return "open"
    zone = ZoneInfo(here.zone)
    today = here.now.astimezone(zone).date()
    day = (due.astimezone(zone) - timedelta(microseconds=1)).date()  # midnight ends the day before
    if day <= today:
        return "today"
    return "week" if day <= today + timedelta(days=6 - today.weekday()) else "later"


def _ends_day(due: datetime | None, here: Here) -> bool:
    local = due.astimezone(ZoneInfo(here.zone)) if due else None
    return local is not None and (local.hour, local.minute) == (0, 0)


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
            row.due_at or last,
            row.grade != "major",
            row.label,
            row.step,
        ),
    )
