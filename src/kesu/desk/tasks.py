"""What is mine to do and what others owe: timed duties, and the next steps for which the paper gives no time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Final
from zoneinfo import ZoneInfo

from kesu.caseload.models import CaseRow
from kesu.caseload.opened import opened
from kesu.caseload.queries import Task, Wanted, cases, queue, waiting
from kesu.forms.next_steps import Next, next_steps
from kesu.procedure import words
from kesu.procedure.model import Procedure
from kesu.procedure.sentence import sentence
from kesu.procedure.text import Text, listed

from .here import Here

MOST: Final = 200  # open cases looked through for steps without a time
NOBODY: Final = Text("", "")
BANDS: Final = ("late", "today", "week", "later", "open")
KEPT: Final = 4000


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
    entry: int = 0
    steps: tuple[str, ...] = ()
    action: Text = NOBODY  # what the button says
    more: Text = NOBODY  # other steps of the same case that can be taken now
    all_day: bool = False  # the limit ends with the day


@dataclass(frozen=True, slots=True)
class Work:
    """Everything on the page of one person; all counts come from these rows."""

    mine: list[Row]
    others: list[Row]

    def band(self, name: str) -> list[Row]:
        """The rows of one band, as they are sorted."""
        return [row for row in self.mine if row.band == name]

    @property
    def bands(self) -> list[tuple[str, list[Row]]]:
        """Every band that has rows."""
        return [(name, rows) for name in BANDS if (rows := self.band(name))]


def work_of(here: Here) -> Work:
    """What this person has to do, and what others owe in cases that he acts in."""
    mine_timed = queue(organisation=here.organisation, person=here.person, now=here.now)
    others_timed = waiting(organisation=here.organisation, person=here.person, now=here.now)
    mine = [_timed(task, here) for task in mine_timed]
    others = [_timed(task, here) for task in others_timed]
    known = {(row.file, step) for row in (*mine, *others) for step in row.steps}
    mine_next, others_next = _untimed(here, known)
    return Work(_sorted([*mine, *mine_next]), _sorted([*others, *others_next]))


def _timed(task: Task, here: Here) -> Row:
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
        who=_holders(task.post, here),
        steps=task.steps,
        action=_first_title(task, here),
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


def _first_title(task: Task, here: Here) -> Text:
    step = task.steps[0] if task.steps else ""
    known = words.steps().get(step)
    named = (one.steps[step].title for one in here.procedures if step in one.steps)
    return next(named, known.title if known else Text(step, step))


def _holders(post: str, here: Here) -> Text:
    if not post:
        return NOBODY
    names = [here.cast.name_of(person) for person in here.cast.acting(post, here.now)]
    title = here.title_of(post)
    if not names:
        return title
    return Text(f"{listed(names, 'zh')}（{title.zh}）", f"{listed(names, 'en')} ({title.en})")


def _untimed(here: Here, known: set[tuple[str, str]]) -> tuple[list[Row], list[Row]]:
    """One row a case: the first of its next steps, with the others named beside it."""
    mine: list[Row] = []
    others: list[Row] = []
    for row, procedure, nexts in _open_cases(here):
        left = [one for one in nexts if (row.file, one.step) not in known]
        own = [one for one in left if any(actor.person == here.person for actor in one.actors)]
        theirs = [one for one in left if one.actors and one not in own]
        if own:
            mine.append(_next_row(row, procedure, own, here))
        elif theirs and not any(file == row.file for file, _ in known):
            others.append(_next_row(row, procedure, theirs, here))
    return mine, others


def _next_row(row: CaseRow, procedure: Procedure, nexts: list[Next], here: Here) -> Row:
    one, more = nexts[0], [other.title for other in nexts[1:]]
    rule = one.rule
    names = [here.cast.name_of(person) for person in dict.fromkeys(actor.person for actor in one.actors)]
    return Row(
        file=row.file,
        label=row.label,
        title=Text(row.title_zh, row.title_en),
        grade=row.grade,
        step=one.step,
        what=one.title,
        why=Text(sentence(rule, procedure, "zh"), sentence(rule, procedure, "en")) if rule else Text("", ""),
        clauses=rule.clauses if rule else (),
        due_at=None,
        due_date=None,
        provisional=False,
        band="open",
        who=Text(listed(names, "zh"), listed(names, "en")),
        entry=one.entry,
        steps=(one.step,),
        action=one.title,
        more=Text(listed([title.zh for title in more], "zh"), listed([title.en for title in more], "en")),
    )


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


# -- the next steps of open cases, kept as long as nothing that they hang on has changed ---------------------------------

Key = tuple[str, str, int, str, int]
_kept: OrderedDict[Key, tuple[Procedure, list[Next]]] = OrderedDict()
_lock = Lock()


def _open_cases(here: Here) -> Iterator[tuple[CaseRow, Procedure, list[Next]]]:
    page = cases(
        organisation=here.organisation, person=here.person, now=here.now, wanted=Wanted(open=True), limit=MOST
    )
    for row in page.rows:
        found = _nexts(row, here)
        if found is not None:
            yield row, *found


def _nexts(row: CaseRow, here: Here) -> tuple[Procedure, list[Next]] | None:
    key = (here.organisation, row.file, row.number, row.head, here.cast.revision)
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
