"""Again and again while the file is open, with no more than a span between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kesu.reading.keys import Keys

from ..history.periods import meant_as_period
from .every_period import EveryPeriod
from .shape import Shape, Spoken, Unjudged, Vocabulary
from .slots import AnyOf, Length, Slots
from .timed import Timed, read_limit


@dataclass(frozen=True)
class Every(Unjudged):
    """`every: span, from: steps, do: step, until: steps`; each time it is done calls for the next.

    With a period of the calendar in the place of the span (`every: week, Monday`) each period that begins calls for it.
    """

    sign: ClassVar[str] = "every"
    keys: ClassVar[frozenset[str]] = frozenset(
        {"every", "from", "do", "until", "owner", "roll", "roll on", "cutoff", "deemed"}
    )
    bars: ClassVar[bool] = False
    per_thing: ClassVar[bool] = True
    how: ClassVar[str] = "timed"

    duty: Timed

    def __post_init__(self) -> None:
        object.__setattr__(self, "timed", self.duty)

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Shape:
        text = ", ".join(keys.words("every"))
        if meant_as_period(text):
            return EveryPeriod.read(keys, vocabulary)
        owner = keys.maybe("owner")
        return cls(
            Timed(
                limit=read_limit(keys, "every"),
                calls=vocabulary.steps_of(keys, "from"),
                answers=vocabulary.steps_of(keys, "do"),
                until=vocabulary.steps_of(keys, "until") if "until" in keys else (),
                owner=vocabulary.post(owner) if owner is not None else None,
                again=True,
            )
        )

    def speaks_of(self) -> Spoken:
        return Spoken(self.duty.steps, self.reads())

    def wording(self) -> str:
        return "rule" if self.duty.until else "to the end"

    def slots(self) -> Slots:
        return {
            "span": Length(self.duty.limit.span),
            "start": AnyOf(self.duty.calls),
            "steps": AnyOf(self.duty.answers),
            "until": AnyOf(self.duty.until),
        }
