"""Not more often (DECLARE: with existence, exactly one)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from kesu.reading.keys import Keys
from kesu.reading.strict import fault

from ..history.act import Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, broken
from .shape import Each, Shape, Sure, Vocabulary


@dataclass(frozen=True)
class AtMost(Shape):
    """`at: step, at most: N`."""

    sign: ClassVar[str] = "at most"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "at most"})
    order_only: ClassVar[bool] = True

    steps: tuple[str, ...]
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
        return broken("again", steps=("steps", (act.step,)), times=("plain", str(self.times)))

    def slots(self) -> Mapping[str, object]:
        return {"steps": ("steps", self.steps), "times": ("plain", str(self.times))}
