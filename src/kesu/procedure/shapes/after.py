"""The step needs earlier ones (DECLARE: precedence)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kesu.names import StepName
from kesu.reading.keys import Keys

from ..history.act import Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, Reason, broken, cannot_tell, lacking_steps
from .abilities import PrecededBy
from .shape import Each, Shape, Spoken, Sure, Vocabulary
from .slots import AnyOf, Slots, Steps


class Why(Reason):
    """Why it is not kept."""

    LACKING = "lacking"
    NONE_OF = "none of"
    NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class After(Shape, PrecededBy):
    """`at: steps, after: steps` (all of them) or `after: {any of: steps}`."""

    sign: ClassVar[str] = "after"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "after"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)
    order_only: ClassVar[bool] = True
    gate: ClassVar[bool] = True

    steps: tuple[StepName, ...]
    needed: tuple[StepName, ...]
    any_of: bool = False

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> After:
        steps = vocabulary.steps_of(keys, "at")
        needed, any_of = vocabulary.all_or_one(keys, "after")
        return cls(steps, needed, any_of)

    def asked(self) -> tuple[str, ...]:
        return self.steps

    def waits_for(self, step: str) -> frozenset[str]:
        return frozenset() if self.any_of or step not in self.steps else frozenset(self.needed)

    def one_of(self, step: str) -> frozenset[str]:
        return frozenset(self.needed) if self.any_of and step in self.steps else frozenset()

    def sure(self) -> Sure | None:
        return None if self.any_of else Sure(present=frozenset(self.needed))

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        missing = tuple(step for step in self.needed if not history.done(step))
        if not missing or (self.any_of and len(missing) < len(self.needed)):
            return KEPT
        shown = tuple(step for step in missing if history.shown.step(step))
        if not shown or (self.any_of and len(shown) < len(missing)):
            return cannot_tell(Why.NOT_SHOWN, lacks=lacking_steps(*missing))
        return broken(
            Why.NONE_OF if self.any_of else Why.LACKING, lacks=lacking_steps(*shown), steps=(act.step,)
        )

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset((*self.steps, *self.needed)), self.reads())

    def waivable(self) -> tuple[str, ...]:
        return self.needed

    def one_is_enough(self) -> bool:
        return self.any_of

    def wording(self) -> str:
        return "any of" if self.any_of else "rule"

    def slots(self) -> Slots:
        return {"steps": Steps(self.steps), "needed": Steps(self.needed), "either": AnyOf(self.needed)}
