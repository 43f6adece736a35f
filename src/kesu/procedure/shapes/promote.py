"""By the clock alone: a span of time that passes without a step puts a fact on record (semantics 2.2, 4.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kesu.names import FactName
from kesu.reading.keys import Keys

from .abilities import Promotes
from .consequence import read_consequence
from .shape import Spoken, Unjudged, Vocabulary
from .slots import AnyOf, Facts, Length, Slots, Value
from .timed import Timed, read_limit
from .within import read_pauses


@dataclass(frozen=True)
class Promote(Unjudged, Promotes):
    """`promote: {fact: value}, over: span, from: steps, until: steps`; what has become so never falls by itself."""

    sign: ClassVar[str] = "promote"
    keys: ClassVar[frozenset[str]] = frozenset(
        {"promote", "over", "from", "until", "pauses", "roll", "roll on", "cutoff", "deemed"}
    )
    bars: ClassVar[bool] = False
    in_findings: ClassVar[bool] = False

    fact: FactName
    value: str
    duty: Timed

    def __post_init__(self) -> None:
        object.__setattr__(self, "timed", self.duty)

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Promote:
        fact, value = read_consequence(keys, "promote", vocabulary)
        pause_from, pause_to = read_pauses(keys, vocabulary)
        timed = Timed(
            calls=vocabulary.steps_of(keys, "from"),
            answers=(),
            until=vocabulary.steps_of(keys, "until"),
            limit=read_limit(keys, "over"),
            pause_from=pause_from,
            pause_to=pause_to,
            owed=False,
        )
        return cls(fact, value, timed)

    def speaks_of(self) -> Spoken:
        return Spoken(self.duty.steps, self.reads())

    def wording(self) -> str:
        return "rule" if self.duty.limit.span else "no limit"

    def slots(self) -> Slots:
        return {
            "start": AnyOf(self.duty.calls),
            "until": AnyOf(self.duty.until),
            "span": Length(self.duty.limit.span),
            "facts": Facts((self.fact,)),
            "value": Value(self.fact, self.value),
        }
