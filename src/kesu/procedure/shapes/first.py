"""The step a file begins with (DECLARE: init)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from kesu.reading.keys import Keys

from ..history.act import Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, broken
from .shape import Each, Shape, Vocabulary


@dataclass(frozen=True)
class First(Shape):
    """`first: step`."""

    sign: ClassVar[str] = "first"
    keys: ClassVar[frozenset[str]] = frozenset({"first"})
    order_only: ClassVar[bool] = True
    first_only: ClassVar[bool] = True

    step: str

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> First:
        return cls(vocabulary.step(keys.text("first")))

    def asked(self) -> tuple[str, ...]:
        return ("*",)

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        if history.acts:
            return None
        return (
            KEPT
            if act.step == self.step
            else broken("another", steps=("steps", (self.step,)), other=("steps", (act.step,)))
        )

    def slots(self) -> Mapping[str, object]:
        return {"steps": ("steps", (self.step,))}
