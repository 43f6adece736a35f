"""期限: the duties of a case with their clocks, each of which can explain itself day by day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from kesu.caseload.asking.opened import Opened
from kesu.casework.duties.of_a_file import Duty
from kesu.casework.file.roles_in_file import owner_of
from kesu.procedure import words
from kesu.procedure.saying.sentence import sentence
from kesu.procedure.written.rule import Rule
from kesu.reading.text import Lang, Text

from ..said.values import unit_title
from ..who.here import Here


@dataclass(frozen=True, slots=True)
class Deadline:
    """One duty. `place` is its number in the list, for the address of its explanation."""

    place: int
    steps: tuple[str, ...]
    what: Text
    thing: Text
    sentence: Text
    clauses: tuple[str, ...]
    owner: Text
    start: datetime
    due_at: datetime | None
    due_date: date | None
    all_day: bool
    aim: date | None
    provisional: Text | None
    state: str
    answered_by: int
    paused: bool
    explain: Callable[[Lang], list[str]]

    @property
    def running(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state in ("open", "late")

    @property
    def due_day(self) -> date | None:
        """Where it ends with a day, that day."""
        return self.due_date if self.all_day else None

    @property
    def chip(self) -> str:
        """The name of the label that says how it stands."""
        return ("paused" if self.paused else "running") if self.state == "open" else self.state


def deadlines(seen: Opened, here: Here) -> list[Deadline]:
    """Every duty that was ever called for and not voided, the running ones first, by their time."""
    found = [
        _deadline(place, duty, seen, here)
        for place, duty in enumerate(seen.case.duties)
        if duty.state != "void"
    ]
    last = datetime.max.replace(tzinfo=ZoneInfo("UTC"))
    return sorted(found, key=lambda one: (not one.running, one.due_at or last, one.place))


def _deadline(place: int, duty: Duty, seen: Opened, here: Here) -> Deadline:
    procedure, due = seen.procedure, duty.due
    rule = procedure.by_name[duty.rule]
    titles = [procedure.steps[step].title for step in duty.steps if step in procedure.steps]
    owner = owner_of(seen.case, duty)
    local = due.at.astimezone(ZoneInfo(seen.case.calendar.zone)) if due else None
    doubt = due.why_provisional if due and duty.running else None
    return Deadline(
        place=place,
        steps=duty.steps,
        what=Text("或".join(one.zh for one in titles), " or ".join(one.en for one in titles)),
        thing=_thing(rule, duty.thing, here),
        sentence=Text(sentence(rule, procedure, "zh"), sentence(rule, procedure, "en")),
        clauses=rule.clauses,
        owner=here.title_of(owner) if owner else Text("", ""),
        start=duty.start,
        due_at=due.at if due else None,
        due_date=due.date if due else None,
        all_day=bool(local and (local.hour, local.minute) == (0, 0)),
        aim=duty.aim.date if duty.aim else None,
        provisional=doubt,
        state=duty.state,
        answered_by=duty.answered_by,
        paused=duty.paused,
        explain=due.explain if due else lambda lang: [],
    )


def _thing(rule: Rule, thing: str, here: Here) -> Text:
    """What or whom a duty is owed for, as people call it."""
    word = words.facts().get(rule.each or "")
    if not thing or word is None:
        return Text(thing, thing)
    if word.kind.of_persons:
        name = here.directory.name_of(thing)
        return Text(name, name)
    if word.kind.of_units:
        unit = unit_title(thing, here.directory)
        return Text(unit, unit)
    return word.choices.get(thing, Text(thing, thing))
