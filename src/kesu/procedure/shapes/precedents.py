"""What ended cases of the same kind got, shown to whoever decides: nothing is judged by it, and nobody is bound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kesu.names import FactName, StepName
from kesu.reading.keys import Keys
from kesu.reading.strict import fault

from ..words import facts
from ..words.names import FACT
from .abilities import ShowsPrecedents
from .shape import Spoken, Unjudged, Vocabulary
from .slots import Facts, Slots, Steps

IN_THE_ROW = (FACT.GRADE, FACT.TOPIC)  # by which lists are narrowed otherwise


@dataclass(frozen=True)
class Precedents(Unjudged, ShowsPrecedents):
    """`at: steps, similar: facts, got: facts`; classed facts, as lists are narrowed by them."""

    sign: ClassVar[str] = "similar"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "similar", "got"})
    bars: ClassVar[bool] = False
    in_findings: ClassVar[bool] = False
    published: ClassVar[bool] = False

    steps: tuple[StepName, ...]
    similar: tuple[FactName, ...]
    got: tuple[FactName, ...]

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Precedents:
        keys.need("got")
        return cls(
            vocabulary.steps_of(keys, "at"),
            _classed(keys, cls.sign, vocabulary),
            _classed(keys, "got", vocabulary),
        )

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset(self.steps), self.reads())

    def chief_step(self) -> str:
        return self.steps[0]

    def slots(self) -> Slots:
        return {"steps": Steps(self.steps), "similar": Facts(self.similar), "got": Facts(self.got)}


def _classed(keys: Keys, key: str, vocabulary: Vocabulary) -> tuple[FactName, ...]:
    """Facts with choices, by which cases can be told to be alike. Raises ReadError."""
    found = vocabulary.open_facts_of(keys, key)
    wrong = next((word for word in found if not facts()[word].kind.chosen or word in IN_THE_ROW), None)
    if wrong is not None:
        raise fault(
            keys.need(key),
            en=f"“{wrong}” under “{key}” has no choices of its own by which cases are alike; use a fact of the kind choice",
            zh=f"“{key}”下的“{wrong}”没有可以比对的选项；请改用 choice 类的事实",
        )
    return found
