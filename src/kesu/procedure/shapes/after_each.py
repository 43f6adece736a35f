"""Once it happened, other steps come before the end (DECLARE: response), or before the steps that it names, and then anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kesu.names import StepName
from kesu.reading.keys import Keys

from ..history.act import Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, Reason, broken, cannot_tell, lacking_steps
from .shape import END, Each, Shape, Spoken, Sure, Vocabulary
from .slots import AnyOf, Slots, Steps


class Why(Reason):
    """Why it is not kept."""

    LACKING = "lacking"
    NONE_OF = "none of"
    NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class Follow(Shape):
    """`after each: step, must follow: steps` (all of them) or `must follow: {any of: steps}`, before the end; with
    `before: steps`, before these.

    Each time it happens they are asked for anew: what was done before it counts no longer.
    """

    sign: ClassVar[str] = "after each"
    keys: ClassVar[frozenset[str]] = frozenset({"after each", "must follow", "before"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)
    order_only: ClassVar[bool] = True

    step: StepName
    then: tuple[StepName, ...]
    before: tuple[StepName, ...] = (END,)
    any_of: bool = False

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Follow:
        before = vocabulary.steps_of(keys, "before", end=True) if "before" in keys else (END,)
        then, any_of = vocabulary.all_or_one(keys, "must follow")
        return cls(vocabulary.step(keys.text("after each")), then, before, any_of)

    def asked(self) -> tuple[str, ...]:
        return self.before

    def silent(self, history: History) -> bool:
        return self.step not in history.by_step

    def sure(self) -> Sure | None:
        return None if self.any_of else Sure(order=tuple((self.step, then) for then in self.then))

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        first = history.last(self.step)
        if first is None:
            return None
        lacking = [step for step in self.then if act.step != step and not _came(history, step, first)]
        if not lacking or (self.any_of and len(lacking) < len(self.then)):
            return KEPT
        shown = [step for step in lacking if history.shown.step(step)]
        if not shown or (self.any_of and len(shown) < len(lacking)):
            return cannot_tell(Why.NOT_SHOWN, lacks=lacking_steps(*lacking))
        why = Why.NONE_OF if self.any_of else Why.LACKING
        return broken(why, lacks=lacking_steps(*shown), steps=(self.step,))

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset((self.step, *self.then, *self.before)), self.reads())

    def waivable(self) -> tuple[str, ...]:
        return self.then

    def one_is_enough(self) -> bool:
        return self.any_of

    def wording(self) -> str:
        at_end = self.before == (END,)
        if self.any_of:
            return "any of" if at_end else "any of before"
        return "rule" if at_end else "before"

    def slots(self) -> Slots:
        return {
            "steps": Steps((self.step,)),
            "then": Steps(self.then),
            "either": AnyOf(self.then),
            "before": Steps(self.before),
        }


def _came(history: History, step: StepName, first: Act) -> bool:
    last = history.last(step)
    return last is not None and last.number > first.number
