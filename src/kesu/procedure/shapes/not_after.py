"""The step is over once another was taken (DECLARE: not succession)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kesu.names import StepName
from kesu.reading.keys import Keys

from ..history.act import Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, Reason, broken, cannot_tell, lacking_steps
from .shape import Each, Shape, Spoken, Vocabulary
from .slots import AnyOf, Slots, Steps


class Why(Reason):
    """Why it is not kept."""

    TAKEN = "taken"
    NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class NotAfter(Shape):
    """`at: steps, not after: steps`: once any of these stands, by all who have to take it, the steps come too late."""

    sign: ClassVar[str] = "not after"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "not after"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)
    order_only: ClassVar[bool] = True

    steps: tuple[StepName, ...]
    shutting: tuple[StepName, ...]

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> NotAfter:
        return cls(vocabulary.steps_of(keys, "at"), vocabulary.steps_of(keys, "not after"))

    def asked(self) -> tuple[str, ...]:
        return self.steps

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        taken = next((step for step in self.shutting if history.done(step)), None)
        if taken is not None:
            return broken(Why.TAKEN, steps=(taken,))
        unseen = tuple(step for step in self.shutting if not history.shown.step(step))
        return cannot_tell(Why.NOT_SHOWN, lacks=lacking_steps(*unseen)) if unseen else KEPT

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset((*self.steps, *self.shutting)), self.reads())

    def slots(self) -> Slots:
        return {"steps": Steps(self.steps), "shutting": AnyOf(self.shutting)}
