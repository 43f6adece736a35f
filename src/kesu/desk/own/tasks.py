"""What is mine to do and what others owe, as rows in bands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from kesu.caseload.asking.queries import Task, queue, waiting
from kesu.names import StepName
from kesu.procedure import words
from kesu.reading.text import Text, listed
from kesu.worktime.until import Until

from ..who.here import Here

NOBODY: Final = Text("", "")
BANDS: Final = ("late", "today", "week", "later", "open")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do, as the page shows it. `who` are the others who can do it, for what others owe.

    `behalf`: whom the person at the screen stands in for with it; “” where it is his own.
    """

    task: Task
    band: str
    who: Text = NOBODY
    behalf: str = ""

    @property
    def step(self) -> str:
        """The step that the button opens; empty for a task that no step settles."""
        return self.task.steps[0] if self.task.steps else ""

    @property
    def together(self) -> bool:
        """Whether the step may be taken in several cases with one form."""
        word = words.steps().get(StepName(self.step))
        return word is not None and word.in_bulk

    @property
    def reminder(self) -> Text:
        """A line to be sent to whoever owes it: which case, what, by when."""
        task = self.task
        when = task.when.whole if task.when else NOBODY
        zh = f"{task.label} {task.title.zh}：请办“{task.what.zh}”" + (f"（{when.zh}）" if when.zh else "")
        en = f"{task.label} {task.title.en}: please see to “{task.what.en}”" + (
            f" ({when.en})" if when.en else ""
        )
        return Text(f"{zh}。", f"{en}.")


@dataclass(frozen=True, slots=True)
class Work:
    """Everything on the page of one person; all counts come from these rows."""

    mine: list[Row]
    others: list[Row]


def in_bands(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """Every band that has rows, each with its own as they are sorted."""
    return [(name, mine) for name in BANDS if (mine := [row for row in rows if row.band == name])]


def together(rows: list[Row]) -> list[list[Row]]:
    """What stands in one row: without a limit everything of a file; with one the same act on cases about the same thing.

    In the order of the first of each.
    """
    rows_of: dict[tuple[str, ...], list[Row]] = {}
    for place, row in enumerate(rows):
        task = row.task
        alone = (str(place),)
        key = (
            (task.file,)
            if row.band == "open"
            else (row.step, task.about, row.behalf)
            if task.about
            else alone
        )
        rows_of.setdefault(key, []).append(row)
    return list(rows_of.values())


def by_holder(rows: list[Row]) -> list[tuple[Text, list[Row]]]:
    """What others owe, under whoever has it; of each case what is due first."""
    first: dict[str, Row] = {}
    for row in rows:
        first.setdefault(row.task.file, row)
    held: dict[Text, list[Row]] = {}
    for row in first.values():
        held.setdefault(row.who, []).append(row)
    return sorted(held.items(), key=lambda one: one[0] == NOBODY)


def work_of(here: Here) -> Work:
    """What this person has to do, and what others owe in cases that he acts in."""
    mine = [_row(task, here) for task in queue(here)]
    others = [_row(task, here) for task in waiting(here)]
    return Work(_sorted(mine), _sorted(others))


def next_of(here: Here, *, besides: str) -> Row | None:
    """What stands first in his list, of other files than this one."""
    mine = _sorted([_row(task, here) for task in queue(here) if task.file != besides])
    return next(iter(mine), None)


def _row(task: Task, here: Here) -> Row:
    return Row(task, _band(task.until, here), _holders(task, here), _behalf(task, here))


def _behalf(task: Task, here: Here) -> str:
    """Whom he stands in for with this; nobody where he holds the post himself, or it is brought to him by name."""
    seats = [seat for seat in here.seats if seat.post == task.post]
    if task.person or not seats or any(seat.behalf is None for seat in seats):
        return ""
    return here.directory.name_of(str(seats[0].behalf))


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
