"""What somebody else noted for an absent person is confirmed by that person, unless there is a scan (semantics 5.7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kesu.names import StepName
from kesu.reading.keys import Keys

from .shape import Spoken, Unjudged, Vocabulary
from .slots import Slots, Steps
from .timed import Limit, Timed


@dataclass(frozen=True)
class Confirm(Unjudged):
    """`confirm: step`; every act noted by another without a scan calls for it, and cannot be told from until it is there."""

    sign: ClassVar[str] = "confirm"
    keys: ClassVar[frozenset[str]] = frozenset({"confirm"})
    bars: ClassVar[bool] = False
    how: ClassVar[str] = "recorded"

    step: StepName

    def __post_init__(self) -> None:
        object.__setattr__(self, "timed", Timed((), (self.step,), Limit(None), on_paper=True))

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Confirm:
        return cls(vocabulary.step(keys.text("confirm")))

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset((self.step,)), self.reads())

    def slots(self) -> Slots:
        return {"steps": Steps((self.step,))}
