"""A step as a form: empty or filled, what is wrong with it, and the command that it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import uuid4

from kesu.casework.deciding.command import Command, Signature
from kesu.casework.deciding.decide import Actor
from kesu.names import RuleName, StepName
from kesu.procedure.history.act import Value
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.model import Procedure, Step
from kesu.reading.text import Text
from kesu.reading.whole import whole

from ..standing_of_a_person.refusal import Refusal
from .correcting import as_its_word
from .fields import Around, Field, field_for
from .loose import read_loose
from .reading import Typed, read_fields


@dataclass(slots=True)
class Elsewhere:
    """An act that happened away from this screen: when, and, where somebody else acted, who and how."""

    at: Field
    why_late: Field
    by: Field
    medium: Field
    scan: Field | None  # None where the step itself asks it
    others: list[Actor]
    for_other: bool = False
    moment: datetime | None = None
    actor: Actor | None = None
    way: str = "system"
    values: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Value] = field(default_factory=dict)

    @property
    def fields(self) -> list[Field]:
        """Its inputs, in the order of the page."""
        return [self.at, self.why_late, self.by, self.medium]

    def read(self, typed: Typed, *, procedure: Procedure, now: datetime, zone: str) -> None:
        """Takes what was sent."""
        self.for_other = bool(typed.get("for-other"))
        scan = [self.scan] if self.scan and self.for_other else []
        self.facts = read_fields(scan, typed, procedure=procedure, now=now, zone=zone)
        self.by.required = self.medium.required = self.for_other
        asked = self.fields if self.for_other else [self.at, self.why_late]
        self.values = values = read_loose(asked, typed, now=now, zone=zone)
        if "at" in values:
            self.moment = datetime.fromisoformat(values["at"])
        if "by" in values:
            self.actor = self.others[int(values["by"])]
            self.way = values.get("medium", "system")


@dataclass(slots=True)
class Passing:
    """How a refused act is put before a second person (only where the procedure names who may, and the reader is one of them).

    `own`: the posts in which the reader may ask for it.
    """

    reason: Field
    own: list[Actor]
    rules: tuple[RuleName, ...] = ()
    why: str = ""

    def read(self, typed: Typed, *, now: datetime, zone: str) -> None:
        """Takes what was sent; the reason is wanted only when somebody asks to let the act pass."""
        asked = bool(typed.get("pass")) and bool(self.own)
        self.rules = tuple(map(RuleName, typed.get("pass-rules", ()))) if asked else ()
        self.reason.required = bool(self.rules)
        self.why = read_loose([self.reason], typed, now=now, zone=zone).get(FACT.OVERRIDE_REASON, "")

    def proposal(self, command: Command) -> Command:
        """What is put before the second person: the step with all that it would say, and why it should pass."""
        actor = self.own[0]
        about: dict[str, Value] = {FACT.OVERRIDE_STEP: command.step, FACT.OVERRIDE_REASON: self.why}
        return Command(
            step=STEP.OVERRIDE_PROPOSED,
            by=actor.person,
            post=actor.post,
            behalf=actor.behalf,
            units=actor.units,
            facts={**command.facts, **about},
            passes=self.rules,
        )


@dataclass(slots=True)
class Signing:
    """The signature of a step that two persons take: the password again, and what it stands for."""

    password: Field
    wanted: bool = False
    given: Signature | None = None


@dataclass(slots=True)
class StepForm:
    """The form of one step. `actors` are the ways in which the reader can take it, the best first."""

    step: Step
    actors: list[Actor]
    fields: list[Field]
    elsewhere: Elsewhere
    passing: Passing
    signing: Signing
    seen_up_to: int
    attached: Field | None = None  # files that belong to the act, whatever it is
    key: str = field(default_factory=lambda: uuid4().hex)
    chosen: int = 0
    facts: dict[str, Value] = field(default_factory=dict)
    problems: list[Text] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def all_fields(self) -> list[Field]:
        """Every input, in the order of the page."""
        away, passing = self.elsewhere, self.passing
        return [
            *self.fields,
            *([self.attached] if self.attached else []),
            away.at,
            away.by,
            away.medium,
            *([away.scan] if away.scan else []),
            passing.reason,
            self.signing.password,
        ]

    @property
    def errors(self) -> list[tuple[Field, Text]]:
        """What is wrong, with the field it is about, for the summary."""
        return [(one, error) for one in self.all_fields for error in one.errors]

    @property
    def ok(self) -> bool:
        """Whether nothing stands in the way of sending it as a command."""
        return not self.errors and not self.problems and not self.refusals

    def read(self, typed: Typed, *, procedure: Procedure, now: datetime, zone: str) -> None:
        """Takes what was sent."""
        self.key = "".join(typed.get("key", ())).strip()[:64] or self.key
        self.chosen = _place(typed.get("as"), len(self.actors))
        asked = [*self.fields, *([self.attached] if self.attached else [])]
        self.facts = read_fields(asked, typed, procedure=procedure, now=now, zone=zone)
        if self.step.name == STEP.CORRECTED:
            self.facts = as_its_word(self.facts)
        self.elsewhere.read(typed, procedure=procedure, now=now, zone=zone)
        self.passing.read(typed, now=now, zone=zone)

    def command(self) -> Command:
        """The command that the form stands for."""
        actor = self.elsewhere.actor or self.actors[self.chosen]
        command = Command(
            step=self.step.name,
            by=actor.person,
            post=actor.post,
            behalf=actor.behalf,
            units=actor.units,
            medium=self.elsewhere.way,
            facts={**self.facts, **self.elsewhere.facts},
            at=self.elsewhere.moment,
            reason=self.elsewhere.values.get("late reason"),
        )
        if self.passing.rules:
            command = self.passing.proposal(command)
        return replace(command, signed=self.signing.given)

    @property
    def brings_evidence(self) -> bool:
        """Whether files are what this step is for, or likely."""
        return self.step.name in (STEP.EVIDENCE_ADDED, STEP.ADDED)

    @property
    def asks_item(self) -> bool:
        """Whether a report, sample or the like is to be named by its number."""
        return any(one.word == FACT.ITEM for one in self.fields)

    @property
    def signs(self) -> StepName | None:
        """The step that the person signs by sending the form; None where no signature is asked, or another acted."""
        if self.passing.rules:
            return STEP.OVERRIDE_PROPOSED
        return self.step.name if self.signing.wanted and not self.elsewhere.for_other else None

    def refused(self, refusals: Iterable[Refusal], problems: Iterable[Text], *, around: Around) -> None:
        """A refusal stands at the fields it speaks of where the form has them, else above the form."""
        self.problems += list(problems)
        for refusal in refusals:
            mine = [word for word in refusal.words if self._asks(word)]
            for word in mine:
                self._field(word, around).errors.append(refusal.why)
            if not mine:
                self.refusals.append(refusal)

    def again(self) -> None:
        """A new key: what is sent next is another command."""
        self.key = uuid4().hex

    def _asks(self, word: str) -> bool:
        return word in self.step.asks or any(one.word == word for one in self.fields)

    def _field(self, word: str, around: Around) -> Field:
        for one in self.fields:
            if one.word == word:
                return one
        made = field_for(word, around=around, step=self.step.name, required=True)
        self.fields.append(made)
        return made


def _place(sent: Sequence[str] | None, many: int) -> int:
    place = whole((sent or ["0"])[0])
    return place if place is not None and place < many else 0
