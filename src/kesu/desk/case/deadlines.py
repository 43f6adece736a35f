"""期限: the duties of a case with their clocks, each of which can explain itself day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from kesu.caseload.asking.opened import CaseView
from kesu.casework.duties.of_a_file import Duty
from kesu.casework.file.roles_in_file import owner_of
from kesu.procedure import words
from kesu.procedure.saying.sentence import sentence
from kesu.procedure.written.rule import Rule
from kesu.reading.text import Lang, Text
from kesu.worktime.by_when import ByWhen, by_when
from kesu.worktime.until import Until

from ..who.here import Here


@dataclass(frozen=True, slots=True)
class Deadline:
    """One duty in words. `place` is its number in the list, for the address of its explanation."""

    place: int
    duty: Duty
    what: Text
    thing: Text  # what or whom it is owed for, where it is owed for each
    sentence: Text
    clauses: tuple[str, ...]
    owner: Text
    doubt: Text | None  # why the date may still change
    in_office_words: ByWhen | None  # its end in the words of the office

    @property
    def running(self) -> bool:
        """Whether somebody still has to do something."""
        return self.duty.running

    @property
    def until(self) -> Until | None:
        """The end of the limit; None where none is set."""
        return self.duty.until

    @property
    def when(self) -> ByWhen | None:
        """The end as the office says it, of a limit that runs; None where nothing runs out."""
        return self.in_office_words if self.running else None

    @property
    def chip(self) -> str:
        """The name of the label that says how it stands."""
        duty = self.duty
        return ("paused" if duty.paused else "running") if duty.state == "open" else duty.state

    def explain(self, lang: Lang) -> list[str]:
        """The reckoning day by day; empty where no limit is set."""
        return self.duty.due.explain(lang) if self.duty.due else []


def deadlines(view: CaseView, here: Here) -> list[Deadline]:
    """Every duty that was ever called for and not voided, the running ones first, by their time."""
    limits = [
        _deadline(place, duty, view, here)
        for place, duty in enumerate(view.case.duties)
        if duty.state != "void"
    ]
    last = datetime.max.replace(tzinfo=ZoneInfo("UTC"))
    return sorted(
        _each_once(limits), key=lambda one: (not one.running, one.until.at if one.until else last, one.place)
    )


def _each_once(limits: list[Deadline]) -> list[Deadline]:
    """Of what is owed without a limit and reads alike one is told: several rules may want the same."""
    told: dict[tuple[object, ...], Deadline] = {}
    for one in limits:
        alone = not one.running or one.until is not None
        told.setdefault((one.place,) if alone else (one.what, one.thing, one.owner), one)
    return list(told.values())


def _deadline(place: int, duty: Duty, view: CaseView, here: Here) -> Deadline:
    procedure, due = view.procedure, duty.due
    rule = procedure.by_name[duty.rule]
    titles = [procedure.steps[step].title for step in duty.steps if step in procedure.steps]
    owner = owner_of(view.case, duty)
    doubt = due.why_provisional if due and duty.running else None
    return Deadline(
        place=place,
        duty=duty,
        what=Text("或".join(title.zh for title in titles), " or ".join(title.en for title in titles)),
        thing=_thing(rule, duty.thing, here),
        sentence=Text(sentence(rule, procedure, "zh"), sentence(rule, procedure, "en")),
        clauses=procedure.own_clauses(rule.clauses),
        owner=here.title_of(owner) if owner else Text("", ""),
        doubt=Text(doubt.zh, doubt.en) if doubt else None,
        in_office_words=by_when(duty.until, now=view.now, calendar=view.case.calendar)
        if duty.until
        else None,
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
        unit = here.directory.unit_title(thing)
        return Text(unit, unit)
    return word.choices.get(thing, Text(thing, thing))
