"""A sample drawn at random that gives the same when it is drawn again (semantics 4.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from kesu.names import FactName, StepName
from kesu.reading.keys import Keys

from ..history.act import EVERYTHING, MISSING, Act
from ..history.draws import drawn
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, Reason, Things, broken, lacking_facts
from ..kinds.things import THINGS
from ..kinds.whole import WHOLE
from ..kinds.word import WORD
from .abilities import Draws
from .blank import Blank, Filling
from .shape import Each, Shape, Spoken, Unknown, Vocabulary, unknown_facts
from .slots import Facts, Slots, Steps

MOST_NAMED = 5  # how many wrong items a refusal names


class Why(Reason):
    """Why it is not kept."""

    LACKING = "lacking"
    EXTRA = "extra"
    NO_SIZE = "no size"


@dataclass(frozen=True)
class Draw(Shape, Draws):
    """`at: step, draw: things, from: things, seed: word, size: number`; what is drawn need not be given, Kesu draws."""

    sign: ClassVar[str] = "draw"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "draw", "from", "seed", "size"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why, Unknown)

    steps: tuple[StepName, ...]
    drawn: FactName
    population: FactName
    seed: FactName
    size: FactName

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Draw:
        return cls(
            vocabulary.steps_of(keys, "at"),
            vocabulary.open_fact(keys.text("draw"), kinds=(THINGS,)),
            vocabulary.open_fact(keys.text("from"), kinds=(THINGS,)),
            vocabulary.open_fact(keys.text("seed"), kinds=(WORD,)),
            vocabulary.fact(keys.text("size"), kinds=(WHOLE,)),
        )

    def asked(self) -> tuple[str, ...]:
        return self.steps

    def unknown(self, history: History, act: Act) -> tuple[str, ...]:
        """What is not on record of that from which it is drawn."""
        needed = (self.population, self.seed, self.size)
        return tuple(word for word in needed if history.value(word, act) in (MISSING, None, "", []))

    def again(self, history: History, act: Act) -> tuple[str, ...] | None:
        """What the draw gives; None when the size is no whole number from 1."""
        size = str(history.value(self.size, act))
        population = history.value(self.population, act)
        if not size.isdecimal() or int(size) < 1 or not isinstance(population, list):
            return None
        return drawn(population, seed=str(history.value(self.seed, act)), size=int(size))

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        unknown = self.unknown(history, act)
        given = act.facts.get(self.drawn)
        if given is None and history.shown is not EVERYTHING:
            unknown = (self.drawn, *unknown)
        if unknown:
            return unknown_facts(history, unknown)
        right = self.again(history, act)
        if right is None:
            return broken(Why.NO_SIZE, lacks=lacking_facts(self.size))
        if given is None:
            return KEPT  # drawn when it is decided
        for why, one, other in ((Why.LACKING, right, given), (Why.EXTRA, given, right)):
            if wrong := tuple(item for item in one if item not in other)[:MOST_NAMED]:
                return broken(why, facts=(self.drawn,), things=Things(None, wrong))
        return KEPT

    def fillings(self, blank: Blank, act: Act) -> Iterator[Filling]:
        inputs = (self.population, self.seed, self.size)
        asked: Filling = {word: blank.some(word) for word in inputs if word in blank.asks}
        for needed in ({}, asked):
            right = self.again(blank.history, replace(act, facts={**act.facts, **needed}))
            if right is not None and self.drawn in blank.asks and act.facts.get(self.drawn) is not None:
                yield {**needed, self.drawn: list(right)}
            yield needed

    def reads(self) -> frozenset[str]:
        return frozenset({self.drawn, self.population, self.seed, self.size})

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset(self.steps), self.reads())

    def slots(self) -> Slots:
        return {
            "steps": Steps(self.steps),
            "drawn": Facts((self.drawn,)),
            "population": Facts((self.population,)),
            "seed": Facts((self.seed,)),
            "size": Facts((self.size,)),
        }
