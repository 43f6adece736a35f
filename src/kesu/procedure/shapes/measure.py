"""An indicator over many files: a share, or a time from one step to another, compared by a fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kesu.names import FactName
from kesu.reading.keys import Keys, known_word

from .abilities import Measures
from .shape import Spoken, Unjudged, Vocabulary
from .slots import Facts, Plain, Slots, Steps

KINDS = ("time", "share")


@dataclass(frozen=True)
class Measure(Unjudged, Measures):
    """`measure: name, of: time, from: step, to: step, by: fact` or `of: share, fact: word, by: fact`."""

    sign: ClassVar[str] = "measure"
    keys: ClassVar[frozenset[str]] = frozenset({"measure", "of", "from", "to", "by", "fact"})
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

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Measure:
        kind = known_word(keys.text("of"), KINDS, what="“of”")
        timed = kind == "time"
        return cls(
            name=str(keys.text("measure")),
            kind=kind,
            start=vocabulary.step(keys.text("from")) if timed else None,
            to=vocabulary.step(keys.text("to")) if timed else None,
            fact=None if timed else vocabulary.fact(keys.text("fact")),
            by=vocabulary.facts_of(keys, "by"),
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
            "facts": Facts((self.fact,) if self.fact else ()),
            "by": Facts(self.by),
        }
