"""Once it happened, another step comes before the end (DECLARE: response)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kesu.names import StepName
from kesu.reading.keys import Keys

from ..history.act import Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, Reason, broken, cannot_tell, lacking_steps
from .shape import END, Each, Shape, Spoken, Sure, Vocabulary
from .slots import Slots, Steps


class Why(Reason):
    """Why it is not kept."""

    LACKING = "lacking"
    NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class Follow(Shape):
    """`after each: step, must follow: step`."""

    sign: ClassVar[str] = "after each"
    keys: ClassVar[frozenset[str]] = frozenset({"after each", "must follow"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)
    order_only: ClassVar[bool] = True

    step: StepName
    then: StepName

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Follow:
        return cls(vocabulary.step(keys.text("after each")), vocabulary.step(keys.text("must follow")))

    def asked(self) -> tuple[str, ...]:
        return (END,)

    def silent(self, history: History) -> bool:
        return self.step not in history.by_step

    def sure(self) -> Sure | None:
        return Sure(order=((self.step, self.then),))

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        first, then = history.last(self.step), history.last(self.then)
        if first is None:
            return None
        if act.step == self.then or (then is not None and then.number > first.number):
            return KEPT
        if not history.shown.step(self.then):
            return cannot_tell(Why.NOT_SHOWN, lacks=lacking_steps(self.then))
        return broken(Why.LACKING, lacks=lacking_steps(self.then), steps=(self.step,))

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset((self.step, self.then)), self.reads())

    def waivable(self) -> tuple[str, ...]:
        return (self.then,)

    def slots(self) -> Slots:
        return {"steps": Steps((self.step,)), "then": Steps((self.then,))}
