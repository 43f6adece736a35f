"""What was consented to is what is told; a change after the consent voids it (semantics 4.5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kesu.names import FactName, StepName
from kesu.reading.keys import Keys

from ..history.act import Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, Reason, broken
from .abilities import TellsAsConsented
from .blank import Blank, Filling
from .shape import Each, Shape, Spoken, Vocabulary
from .slots import Facts, Slots, Steps


class Why(Reason):
    """Why it is not kept."""

    CHANGED_SINCE = "changed since"


@dataclass(frozen=True)
class SameContent(Shape, TellsAsConsented):
    """`same content: facts, consented at: steps, told at: steps`."""

    sign: ClassVar[str] = "same content"
    keys: ClassVar[frozenset[str]] = frozenset({"same content", "consented at", "told at"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)

    facts: tuple[FactName, ...]
    consent: tuple[StepName, ...]
    told_at: tuple[StepName, ...]

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> SameContent:
        facts = vocabulary.facts_of(keys, "same content")
        return cls(facts, vocabulary.steps_of(keys, "consented at"), vocabulary.steps_of(keys, "told at"))

    def asked(self) -> tuple[str, ...]:
        return self.told_at

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
        return broken(Why.CHANGED_SINCE, steps=(act.step,), facts=changed)

    def _differs(self, history: History, act: Act, word: str) -> bool:
        return word in act.facts and act.facts[word] != history.value(word)

    def fillings(self, blank: Blank, act: Act) -> Iterator[Filling]:
        yield {word: blank.history.value(word) for word in self.facts if word in blank.asks}

    def reads(self) -> frozenset[str]:
        return frozenset(self.facts)

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset((*self.consent, *self.told_at)), self.reads())

    def mended_by(self) -> tuple[str, ...]:
        return self.consent

    def slots(self) -> Slots:
        return {"facts": Facts(self.facts), "consent": Steps(self.consent), "steps": Steps(self.told_at)}
