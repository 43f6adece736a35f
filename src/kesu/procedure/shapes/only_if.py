"""A step that exists only under a condition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kesu.names import StepName
from kesu.reading.keys import Keys

from ..history.act import Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, Reason, broken, cannot_tell, lacking_facts
from ..when import When, read_when
from .abilities import UnderCondition
from .blank import Blank, Filling
from .shape import Each, Shape, Spoken, Vocabulary
from .slots import Condition, Slots, Steps


class Why(Reason):
    """Why it is not kept."""

    OTHERWISE = "otherwise"
    NOT_ON_RECORD = "not on record"


@dataclass(frozen=True)
class OnlyIf(Shape, UnderCondition):
    """`at: steps, only if: {fact: value}`."""

    sign: ClassVar[str] = "only if"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "only if"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)
    gate: ClassVar[bool] = True
    per_thing: ClassVar[bool] = True

    steps: tuple[StepName, ...]
    condition: When

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> OnlyIf:
        return cls(vocabulary.steps_of(keys, "at"), read_when(keys.need("only if")))

    def asked(self) -> tuple[str, ...]:
        return self.steps

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        things: tuple[str | None, ...] = each.things if each is not None else (None,)
        held = [self.condition.holds(history, act, thing) for thing in things]
        if False in held:
            return broken(Why.OTHERWISE, steps=(act.step,))
        if None in held:
            unknown = self.condition.unknown(history, act, things[held.index(None)])
            return cannot_tell(Why.NOT_ON_RECORD, lacks=lacking_facts(*unknown), steps=(act.step,))
        return KEPT

    def fillings(self, blank: Blank, act: Act) -> Iterator[Filling]:
        return blank.meeting(self.condition, act)

    def reads(self) -> frozenset[str]:
        return self.condition.words

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset(self.steps), self.reads())

    def slots(self) -> Slots:
        return {"steps": Steps(self.steps), "condition": Condition(self.condition)}
