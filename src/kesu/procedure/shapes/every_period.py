"""In every period of the calendar while the file is open: each Monday, each first working day, so many times a year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from kesu.reading.keys import Keys, known_word
from kesu.reading.strict import Scalar, fault
from kesu.worktime.due import Roll

from ..history.periods import FIRST_WORKING_DAY, PERIODS, ROLLS, Period, period_of
from .shape import Spoken, Unjudged, Vocabulary
from .slots import AnyOf, Said, Slots
from .timed import Limit, Timed


@dataclass(frozen=True)
class EveryPeriod(Unjudged):
    """`every: period, from: steps, do: step, until: steps, roll: forward | none`; each period that begins calls for it."""

    sign: ClassVar[str] = "every"
    bars: ClassVar[bool] = False
    per_thing: ClassVar[bool] = True
    how: ClassVar[str] = "timed"

    period: Period
    duty: Timed

    def __post_init__(self) -> None:
        object.__setattr__(self, "timed", self.duty)

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> EveryPeriod:
        period, owner = _period(keys), keys.maybe("owner")
        timed = Timed(
            limit=Limit(None),
            calls=vocabulary.steps_of(keys, "from"),
            answers=vocabulary.steps_of(keys, "do"),
            until=vocabulary.steps_of(keys, "until") if "until" in keys else (),
            owner=vocabulary.post(owner) if owner is not None else None,
            period=period,
        )
        return cls(period, timed)

    def speaks_of(self) -> Spoken:
        return Spoken(self.duty.steps, self.reads())

    def wording(self) -> str:
        ending = "" if self.duty.until else " to the end"
        rolling = " rolled" if self.period.roll is Roll.FORWARD else ""
        return f"calendar{ending}{rolling}"

    def slots(self) -> Slots:
        return {
            "often": Said(self.period.title),
            "start": AnyOf(self.duty.calls),
            "steps": AnyOf(self.duty.answers),
            "until": AnyOf(self.duty.until),
        }


def _period(keys: Keys) -> Period:
    said = keys.words("every")
    period, roll = period_of(", ".join(said)), keys.maybe("roll")
    if period is None:
        text = Scalar(", ".join(said), said[0].file, said[0].line)
        raise fault(
            text,
            en=f"“{text}” is no period; there are {PERIODS}",
            zh=f"没有“{text}”这种周期；可以写 {PERIODS}",
        )
    if roll is None:
        return period
    if period.unit == "year" or period.on == FIRST_WORKING_DAY:
        raise fault(roll, en="“roll” says nothing of this period", zh="这种周期用不上“roll”")
    return replace(period, roll=Roll(known_word(roll, ROLLS, what="“roll”")))
