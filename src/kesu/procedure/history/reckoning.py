"""How the figures of a file are reckoned, as its procedure and the language of its edition have it (semantics 4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from kesu.names import FactName, StepName


class Applies(Protocol):
    """A condition, as a rule has it."""

    def holds(self, history: Any, act: Any) -> bool | None:
        """Whether it holds of this act of this history; None when that cannot be told."""


Wanted = tuple[Applies, frozenset[FactName]]  # when a step needs figures, and which


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How figures are reckoned.

    - `in_full`: what is missing or is no figure of its kind makes a sum unknown, never smaller; lists are held against each
      other over all acts. False in editions of Kesu 0.1.
    - `again`: the steps that say figures more than once, so that what they say adds up; else what was said last holds.
    - `wanted`: for each step the figures that it needs, and when, by what an act of it says itself. An act without them
      counts as one of which they are not known.
    """

    in_full: bool = False
    again: frozenset[StepName] = frozenset()
    wanted: Mapping[StepName, tuple[Wanted, ...]] = field(default_factory=dict)
    single: frozenset[StepName] = (
        frozenset()
    )  # work that is done once: over again it opens no limit of its own

    def once_calls(self, step: StepName) -> bool:
        """Whether a step calls for what follows it the first time alone."""
        return step in self.single


AS_IT_WAS: Final = Reckoning()
