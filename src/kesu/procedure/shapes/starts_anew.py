"""What a reopening asks for again: what was done before it no longer stands for what has to be done (semantics 5.6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kesu.names import StepName
from kesu.reading.keys import Keys
from kesu.reading.strict import fault

from ..words.names import STEP
from .abilities import StartsAnew
from .shape import Spoken, Unjudged, Vocabulary
from .slots import Slots, Steps


@dataclass(frozen=True)
class Anew(Unjudged, StartsAnew):
    """`at: reopened, starts anew: steps`. What they put on record stays; that they were taken counts no longer."""

    sign: ClassVar[str] = "starts anew"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "starts anew"})
    bars: ClassVar[bool] = False
    in_findings: ClassVar[bool] = False

    steps: tuple[StepName, ...]
    anew: tuple[StepName, ...]

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Anew:
        steps = vocabulary.steps_of(keys, "at")
        if steps != (STEP.REOPENED,):
            raise fault(
                keys.need("at"),
                en=f"things start anew at “{STEP.REOPENED}” alone; the rule “{vocabulary.rule}” names another step",
                zh=f"只有“{STEP.REOPENED}”才重新办起；规则“{vocabulary.rule}”写了别的步骤",
            )
        return cls(steps, vocabulary.steps_of(keys, "starts anew"))

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset((*self.steps, *self.anew)), self.reads())

    def slots(self) -> Slots:
        return {"steps": Steps(self.steps), "anew": Steps(self.anew)}
