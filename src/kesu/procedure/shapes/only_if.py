"""A step that exists only under a condition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from kesu.reading.keys import Keys

from ..history.act import Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, broken, cannot_tell
from ..when import When, read_when
from .shape import Each, Shape, Vocabulary


@dataclass(frozen=True)
class OnlyIf(Shape):
    """`at: steps, only if: {fact: value}`."""

    sign: ClassVar[str] = "only if"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "only if"})

    steps: tuple[str, ...]
    condition: When

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> OnlyIf:
        return cls(vocabulary.steps_of(keys, "at"), read_when(keys.need("only if")))

    def asked(self) -> tuple[str, ...]:
        return self.steps

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        held = self.condition.holds(history, act)
        if held:
            return KEPT
        if held is None:
            unknown = self.condition.unknown(history, act)
            return cannot_tell(
                "not on record", missing=unknown, lacking=("facts", unknown), steps=("steps", (act.step,))
            )
        return broken("otherwise", steps=("steps", (act.step,)), condition=("when", self.condition))

    def reads(self) -> frozenset[str]:
        return self.condition.words

    def slots(self) -> Mapping[str, object]:
        return {"steps": ("steps", self.steps), "condition": ("when", self.condition)}
