"""What another noted in the name of whoever decides opens what it opens before he has confirmed it (semantics 5.7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kesu.names import StepName
from kesu.reading.keys import Keys, known_word

from .abilities import TakesHearsay
from .shape import Spoken, Unjudged, Vocabulary
from .slots import Slots, Steps


@dataclass(frozen=True)
class Noted(Unjudged, TakesHearsay):
    """`at: steps, hearsay: opens`. The steps count from the note on, and stay marked until whoever acted confirms it.

    Without such a rule what decides waits for the confirmation. A reading has to say why the paper lets it.
    """

    sign: ClassVar[str] = "hearsay"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "hearsay"})
    bars: ClassVar[bool] = False
    in_findings: ClassVar[bool] = False

    steps: tuple[StepName, ...]

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Noted:
        known_word(keys.text("hearsay"), ("opens",), what="“hearsay”")
        return cls(vocabulary.steps_of(keys, "at"))

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset(self.steps), self.reads())

    def slots(self) -> Slots:
        return {"steps": Steps(self.steps)}
