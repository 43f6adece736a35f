"""Not more often (DECLARE: with existence, exactly one)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kesu.names import StepName
from kesu.reading.keys import Keys
from kesu.reading.strict import fault

from ..history.act import Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, Reason, broken
from .shape import Each, Shape, Spoken, Sure, Vocabulary
from .slots import Plain, Slots, Steps


class Why(Reason):
    """Why it is not kept."""

    AGAIN = "again"


@dataclass(frozen=True)
class AtMost(Shape):
    """`at: step, at most: N`."""

    sign: ClassVar[str] = "at most"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "at most"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)
    order_only: ClassVar[bool] = True

    steps: tuple[StepName, ...]
    times: int

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> AtMost:
        text = keys.text("at most")
        if not text.isdecimal() or int(text) < 1:
            raise fault(
                text,
                en=f"“at most” wants a whole number from 1, not “{text}”",
                zh=f"“at most”应是 1 以上的整数，不是“{text}”",
            )
        return cls(vocabulary.steps_of(keys, "at"), int(text))

    def asked(self) -> tuple[str, ...]:
        return self.steps

    def sure(self) -> Sure | None:
        return Sure(absent=frozenset(self.steps))

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        if len(history.all(act.step)) < self.times:
            return KEPT
        return broken(Why.AGAIN, steps=(act.step,))

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset(self.steps), self.reads())

    def slots(self) -> Slots:
        return {"steps": Steps(self.steps), "times": Plain(str(self.times))}
