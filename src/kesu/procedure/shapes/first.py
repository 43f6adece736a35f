"""The step a file begins with (DECLARE: init)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kesu.names import StepName
from kesu.reading.keys import Keys

from ..history.act import Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, Reason, broken
from .abilities import BeginsFile
from .shape import Each, Shape, Spoken, Vocabulary
from .slots import Slots, Steps


class Why(Reason):
    """Why it is not kept."""

    ANOTHER = "another"


@dataclass(frozen=True)
class First(Shape, BeginsFile):
    """`first: step`."""

    sign: ClassVar[str] = "first"
    keys: ClassVar[frozenset[str]] = frozenset({"first"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)
    order_only: ClassVar[bool] = True
    first_only: ClassVar[bool] = True
    harmless_at_arrival: ClassVar[bool] = True

    step: StepName

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> First:
        return cls(vocabulary.step(keys.text("first")))

    def asked(self) -> tuple[str, ...]:
        return ("*",)

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        if history.acts:
            return None
        return KEPT if act.step == self.step else broken(Why.ANOTHER, steps=(act.step,))

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset((self.step,)), self.reads())

    def slots(self) -> Slots:
        return {"first": Steps((self.step,))}
