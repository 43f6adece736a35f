"""Registering as one form: the receipt and, where the procedure knows it, the registration; four inputs are wanted, no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import uuid4

from kesu.casework.command import Command
from kesu.casework.decide import Actor
from kesu.procedure.history import Value
from kesu.procedure.model import Procedure
from kesu.procedure.shapes.record import Record
from kesu.procedure.text import Text

from .fields import Around, Field, field_for
from .plain import plain, read_plain
from .reading import Typed, read_fields

RECEIVED: Final = "received"
REGISTERED: Final = "registered"
WANTED: Final = ("complainant", "channel", "account")  # with the time of receipt, the four


@dataclass(slots=True)
class Arrival:
    """The form of a new matter. `first` are the fields that are wanted, `more` those that may wait."""

    actor: Actor
    at: Field
    first: list[Field]
    more: list[Field]
    registers: tuple[str, ...]
    later: frozenset[str]
    key: str = field(default_factory=lambda: uuid4().hex)
    facts: dict[str, Value] = field(default_factory=dict)
    moment: datetime | None = None
    problems: list[Text] = field(default_factory=list)

    @property
    def all_fields(self) -> list[Field]:
        """Every input, in the order of the page."""
        return [*self.first, self.at, *self.more]

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
        said = read_plain([self.at], typed, now=now, zone=zone)
        if "at" in said:
            self.moment = datetime.fromisoformat(said["at"])
            if self.moment > now:
                self.at.errors.append(Text("收到的时间不能晚于现在", "it cannot have come in later than now"))

    def received(self) -> Command:
        """The first command."""
        facts = {word: value for word, value in self.facts.items() if word not in self.registers}
        return self._command(RECEIVED, facts, self.moment)

    def registered(self) -> Command | None:
        """The second, where the procedure has that step."""
        if not self.registers:
            return None
        facts = {word: value for word, value in self.facts.items() if word in self.registers}
        return self._command(REGISTERED, facts, None)

    def _command(self, step: str, facts: dict[str, Value], at: datetime | None) -> Command:
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


def arrival(*, around: Around, actor: Actor) -> Arrival:
    """The empty form under a procedure that has the step “received”."""
    procedure = around.procedure
    received = procedure.steps[RECEIVED].asks
    registered = procedure.steps[REGISTERED].asks if REGISTERED in procedure.steps else ()
    asked: Sequence[str] = list(dict.fromkeys([*registered, *received]))
    wanted = [word for word in WANTED if word in asked]
    fields = {word: field_for(word, around=around, required=word in wanted) for word in asked}
    later = later_facts(procedure)
    for word, one in fields.items():
        one.may_be_unknown = word == "complainant" or (word in later and word not in wanted)
    return Arrival(
        actor=actor,
        at=plain(
            "at",
            Text("何时收到", "Received at"),
            "instant",
            hint=Text(
                "不填就是现在；如 3.6 17:10、昨天17:10", "now, unless you say otherwise; such as 3.6 17:10"
            ),
        ),
        first=[fields[word] for word in wanted],
        more=[fields[word] for word in asked if word not in wanted],
        registers=tuple(word for word in registered if word not in received),
        later=later,
    )


def later_facts(procedure: Procedure) -> frozenset[str]:
    """The facts that the procedure wants of every arrival; what is missing can follow."""
    return frozenset(
        word
        for rule in procedure.rules
        if isinstance(rule.shape, Record) and rule.shape.arrival and not rule.when.conditions
        for word in rule.shape.facts
    )
