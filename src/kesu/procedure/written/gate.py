"""What waits for the arrival, and the end as one gate: at which steps its rules hold, and whether duties bar it (semantics 5.11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Protocol

from ..words import StepWord


def end_is_one_gate(language: int) -> bool:
    """Whether rules of the end hold on every ending and running duties bar it: save in editions of Kesu 0.1."""
    return language >= 2


def gated(words: Mapping[str, StepWord], ends: Iterable[str], *, language: int) -> tuple[str, ...]:
    """The steps at which rules of the end hold: those by which files end here, and those that end files of any kind."""
    named = tuple(ends)
    always = (step for step, word in words.items() if word.ends_always and step not in named)
    return (*named, *always) if end_is_one_gate(language) else named


RECEIPT: Final = "receipt"  # the purpose of telling that something has arrived


class Taken(Protocol):
    """A step of a procedure, as far as it matters here."""

    @property
    def word(self) -> StepWord: ...
    @property
    def purpose(self) -> str | None: ...


def waiting(steps: Mapping[str, Taken], *, language: int) -> tuple[str, ...]:
    """The steps of a procedure's own work, which wait until the arrival is complete.

    A receipt waits for nothing but the arrival (semantics 8.14), save in editions of Kesu 0.1.
    """
    own = {name: step for name, step in steps.items() if step.word.own_work}
    return tuple(name for name, step in own.items() if step.purpose != RECEIPT or language < 2)
