"""What was consented to is what is told; a change after the consent voids it (semantics 4.5)."""

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
class SameContent(Shape):
    """`same content: facts, consented at: steps, told at: steps`."""

    sign: ClassVar[str] = "same content"
    keys: ClassVar[frozenset[str]] = frozenset({"same content", "consented at", "told at"})

    facts: tuple[str, ...]
    consent: tuple[str, ...]
    told: tuple[str, ...]

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> SameContent:
        facts = vocabulary.facts_of(keys, "same content")
        return cls(facts, vocabulary.steps_of(keys, "consented at"), vocabulary.steps_of(keys, "told at"))

    def asked(self) -> tuple[str, ...]:
        return self.told

    def silent(self, history: History) -> bool:
        return not any(step in history.by_step for step in self.consent)

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        consents = [given for step in self.consent if (given := history.last(step)) is not None]
        if not consents:
            return None  # whether there has to be a consent is said by another rule
        number = max(given.number for given in consents)
        changed = tuple(
            word for word in self.facts if history.changed(word) > number or self._differs(history, act, word)
        )
        if not changed:
            return KEPT
        return broken(
            "changed since",
            facts=("facts", changed),
            consent=("steps", self.consent),
            steps=("steps", (act.step,)),
        )

    def _differs(self, history: History, act: Act, word: str) -> bool:
        return word in act.facts and act.facts[word] != history.value(word)

    def reads(self) -> frozenset[str]:
        return frozenset(self.facts)

    def slots(self) -> Mapping[str, object]:
        return {
            "facts": ("facts", self.facts),
            "consent": ("steps", self.consent),
            "steps": ("steps", self.told),
        }
