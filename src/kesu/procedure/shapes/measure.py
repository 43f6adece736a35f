"""An indicator over many files, compared by facts: a time from step to step, a share, a rate of good answers, a mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kesu.names import FactName
from kesu.reading.called import known_called
from kesu.reading.keys import Keys, known_word
from kesu.reading.strict import fault

from ..kinds import Kind
from ..kinds.money import MONEY
from ..kinds.number import NUMBER
from ..kinds.quantity import QUANTITY
from ..kinds.whole import WHOLE
from ..words import facts as fact_words
from .abilities import Measures
from .shape import Spoken, Unjudged, Vocabulary
from .slots import Facts, Plain, Slots, Steps, Values

KINDS = ("time", "share", "rate", "mean")
FIGURES: tuple[Kind, ...] = (MONEY, NUMBER, QUANTITY, WHOLE)


@dataclass(frozen=True)
class Measure(Unjudged, Measures):
    """`measure: name, of: time, from: step, to: step, by: fact` or `of: share, fact: word, by: fact`.

    `of: rate, facts: words, good: values` is the share of the good ones among all answers to these questions, blanks left
    out; `of: mean, fact: figure` the mean of a figure, which may be a sum.
    """

    sign: ClassVar[str] = "measure"
    keys: ClassVar[frozenset[str]] = frozenset({"measure", "of", "from", "to", "by", "fact", "facts", "good"})
    bars: ClassVar[bool] = False
    per_thing: ClassVar[bool] = True
    how: ClassVar[str] = "measured"
    in_findings: ClassVar[bool] = False
    published: ClassVar[bool] = False

    name: str
    kind: str
    start: str | None
    to: str | None
    fact: FactName | None
    by: tuple[FactName, ...]
    facts: tuple[FactName, ...] = ()
    good: tuple[str, ...] = ()

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Measure:
        kind = known_word(keys.text("of"), KINDS, what="“of”")
        timed = kind == "time"
        return cls(
            name=str(keys.text("measure")),
            kind=kind,
            start=vocabulary.step(keys.text("from")) if timed else None,
            to=vocabulary.step(keys.text("to")) if timed else None,
            fact=_fact(keys, vocabulary, kind),
            by=vocabulary.open_facts_of(keys, "by"),
            facts=vocabulary.open_facts_of(keys, "facts") if kind == "rate" else (),
            good=_good(keys, vocabulary) if kind == "rate" else (),
        )

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset(filter(None, (self.start, self.to))), self.reads())

    def wording(self) -> str:
        return self.kind

    def slots(self) -> Slots:
        return {
            "name": Plain(self.name),
            "start": Steps((self.start,) if self.start else ()),
            "then": Steps((self.to,) if self.to else ()),
            "facts": Facts(self.facts or ((self.fact,) if self.fact else ())),
            "good": Values(self.facts, self.good),
            "by": Facts(self.by),
        }


def _fact(keys: Keys, vocabulary: Vocabulary, kind: str) -> FactName | None:
    """The one fact that is shared out, or of which the mean is taken: a figure then, also one that follows from others."""
    if kind == "share":
        return vocabulary.open_fact(keys.text("fact"))
    return vocabulary.fact(keys.text("fact"), kinds=FIGURES, derived=True) if kind == "mean" else None


def _good(keys: Keys, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The values that count as good: each is a choice of one of the facts at least. Raises ReadError."""
    keys.need("facts")
    asked = [fact_words()[word] for word in vocabulary.open_facts_of(keys, "facts")]
    choices = {value: title for fact in asked for value, title in fact.choices.items()}
    if not all(fact.choices for fact in asked):
        raise fault(
            keys.need("facts"),
            en="a rate wants facts with choices, some of which are good",
            zh="比率只能取有选项的事实，其中一些选项算好",
        )
    keys.need("good")
    return tuple(known_called(value, choices, what="“good”") for value in keys.words("good"))
