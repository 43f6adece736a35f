"""The steps that count by the word of whoever takes them, so that a note of them in his name waits for it (semantics 5.7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from kesu.names import StepName

from ..shapes.abilities import TakesHearsay
from ..words import StepWord


class Worded(Protocol):
    """A step of a procedure, as far as it matters here."""

    @property
    def word(self) -> StepWord: ...


def deciding(
    steps: Mapping[str, Worded],
    ends: Iterable[str],
    joint: Iterable[str],
    *,
    counted: Iterable[tuple[object, TakesHearsay]],
) -> frozenset[StepName]:
    """Those that settle something by their word, end a file, or are one part of a joint step; but for what a rule lets count."""
    decided = (name for name, step in steps.items() if step.word.decides)
    found = frozenset(map(StepName, (*decided, *ends, *joint)))
    return found.difference(*(shape.steps for _, shape in counted))
