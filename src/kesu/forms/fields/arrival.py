"""Beginning a file as one form: a receipt with its registration, where four inputs are wanted and no more, or any other first step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import uuid4

from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import Actor
from kesu.casework.deciding.on_form import asked_facts
from kesu.names import StepName
from kesu.people.directory import Directory
from kesu.procedure.history.act import Value
from kesu.procedure.shapes.abilities import WantsFacts
from kesu.procedure.words import facts
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import FIRST_ASKED
from kesu.procedure.written.model import Procedure, Step
from kesu.reading.text import Text

from ..standing_of_a_person.beginning import Beginning
from .fields import Around, Choice, Field, field_for, may_be_unknown
from .loose import loose_field, read_loose
from .making import required_facts
from .reading import Typed, read_fields

SITE: Final = "site"
SEVERAL: Final = 2


@dataclass(slots=True)
class Arrival:
    """The form of a new matter. `first` are the fields that are wanted, `more` those that may wait."""

    step: StepName
    actor: Actor
    first: list[Field]
    more: list[Field]
    at: Field | None = None  # only where the step happens away from the screen
    site: Field | None = None  # only where the organisation works at several places
    registers: tuple[str, ...] = ()
    later: frozenset[str] = frozenset()
    key: str = field(default_factory=lambda: uuid4().hex)
    facts: dict[str, Value] = field(default_factory=dict)
    moment: datetime | None = None
    where: str | None = None
    problems: list[Text] = field(default_factory=list)

    @property
    def all_fields(self) -> list[Field]:
        """Every input, in the order of the page."""
        return [*self.first, *self._loose, *self.more]

    @property
    def _loose(self) -> list[Field]:
        """Those that are no facts."""
        return [one for one in (self.at, self.site) if one is not None]

    @property
    def errors(self) -> list[tuple[Field, Text]]:
        """What is wrong, with the field it is about."""
        return [(one, error) for one in self.all_fields for error in one.errors]

    @property
    def ok(self) -> bool:
        """Whether it can be sent."""
        return not self.errors and not self.problems

    def read(self, typed: Typed, *, around: Around, now: datetime, zone: str) -> None:
        """Takes what was sent."""
        self.key = "".join(typed.get("key", ())).strip()[:60] or self.key
        fields = [*self.first, *self.more]
        self.facts = read_fields(fields, typed, procedure=around.procedure, now=now, zone=zone)
        said = read_loose(self._loose, typed, now=now, zone=zone)
        self.where = said.get(SITE)
        if self.at and "at" in said:
            self.moment = datetime.fromisoformat(said["at"])
            if self.moment > now:
                self.at.errors.append(
                    Text("发生的时间不能晚于现在", "it cannot have happened later than now")
                )

    def opening(self) -> Command:
        """The first command."""
        facts = {word: value for word, value in self.facts.items() if word not in self.registers}
        return replace(self._command(self.step, facts, self.moment), site=self.where)

    def registered(self) -> Command | None:
        """The second, where the procedure has that step."""
        if not self.registers:
            return None
        facts = {word: value for word, value in self.facts.items() if word in self.registers}
        return self._command(STEP.REGISTERED, facts, None)

    def _command(self, step: StepName, facts: dict[str, Value], at: datetime | None) -> Command:
        actor = self.actor
        return Command(
            step=step,
            by=actor.person,
            post=actor.post,
            behalf=actor.behalf,
            units=actor.units,
            facts=facts,
            at=at,
        )


def arrival(*, around: Around, actor: Actor, begun: Beginning) -> Arrival:
    """The empty form of the first step of a procedure."""
    step = begun.step
    form = _received(around, actor, step) if step.name == STEP.RECEIVED else _other(around, actor, begun)
    if step.outside:
        received = Text("何时收到", "Received at")
        hint = Text(
            "不填就是现在；如 3.6 17:10、昨天17:10", "now, unless you say otherwise; such as 3.6 17:10"
        )
        title = received if step.name == STEP.RECEIVED else Text("发生时间", "When it happened")
        form.at = loose_field("at", title, "instant", hint=hint)
    return form


def site_field(directory: Directory, *, title: Text, unit: str | None, now: datetime) -> Field | None:
    """Which of its places of work the matter is about, beginning with the one of this unit; None where there are not several.

    By its hours and days the file counts.
    """
    if len(directory.sites) < SEVERAL:
        return None
    choices = [Choice(name, Text(one.title, one.title)) for name, one in sorted(directory.sites.items())]
    made = loose_field(SITE, title, "select", choices=choices)
    own = directory.site_of(unit, now)
    made.typed = [own] if own else []
    return made


def _received(around: Around, actor: Actor, step: Step) -> Arrival:
    """A matter from outside: receipt and registration at once; all but the four may wait."""
    procedure = around.procedure
    received = step.asks
    registered = procedure.steps[STEP.REGISTERED].asks if STEP.REGISTERED in procedure.steps else ()
    asked: Sequence[str] = list(dict.fromkeys([*registered, *received]))
    wanted = [word for word in FIRST_ASKED if word in asked]
    saying = {word: StepName(STEP.REGISTERED if word not in received else step.name) for word in asked}
    fields = {
        word: field_for(word, around=around, step=saying[word], required=word in wanted) for word in asked
    }
    later = later_facts(procedure)
    waiting = {FACT.COMPLAINANT, *later.difference(wanted)}
    for word, one in fields.items():
        one.may_be_unknown = word in waiting and may_be_unknown(
            facts()[word], step=saying[word], procedure=procedure
        )
    return Arrival(
        step=step.name,
        actor=actor,
        first=[fields[word] for word in wanted],
        more=[
            *(fields[word] for word in asked if word not in wanted),
            *_unnamed(around, step),
            field_for(FACT.EVIDENCE_FILES, around=around, step=step.name, required=False),
        ],
        registers=tuple(word for word in registered if word not in received),
        later=later,
    )


def _unnamed(around: Around, step: Step) -> list[Field]:
    """Whether who complains wants to stay unnamed, where the edition knows how to keep and to lift that."""
    if STEP.SOURCE_LOOKED_AT not in around.procedure.steps or FACT.COMPLAINANT not in step.asks:
        return []
    return [field_for(FACT.SOURCE_SECRECY, around=around, step=step.name, required=False)]


def _other(around: Around, actor: Actor, begun: Beginning) -> Arrival:
    """Any other first step: what its rules want stands first."""
    needed = required_facts(begun.case, begun.step)
    fields = [
        field_for(word, around=around, step=begun.step.name, required=word in needed)
        for word in asked_facts(begun.case, begun.step)
    ]
    return Arrival(
        step=begun.step.name,
        actor=actor,
        first=[one for one in fields if one.required],
        more=[one for one in fields if not one.required],
    )


def later_facts(procedure: Procedure) -> frozenset[str]:
    """The facts that the procedure wants of every arrival; what is missing can follow."""
    return frozenset(
        word
        for rule, shape in procedure.able(WantsFacts)
        if shape.arrival and not rule.when.conditions
        for word in shape.wanted()
    )
