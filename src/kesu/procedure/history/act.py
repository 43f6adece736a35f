"""One entry as the rules see it, what a foreign log would show of it, and the difference between “not known” and not said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from kesu.names import PersonId, PostName, StepName

from ..kinds.kind import Value

__all__ = ["EVERYTHING", "MISSING", "NOTHING", "Act", "Missing", "Shown", "Value"]


class Missing:
    """The fact is not on record at all; unlike None, which is the answer “not known”."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = Missing()
NOTHING: Final[Mapping[str, Value]] = {}


@dataclass(frozen=True, slots=True)
class Act:
    """One entry as the rules see it. `at` happened, `noted` was written down; both are aware datetimes.

    `by` is the person who acted (None: the clock, the house, or not shown by a log), `post` the post he acted in, `behalf`
    the person he stood in for, or the post whose last resort he is; `recorder` who noted it where that was somebody else,
    `units` the units he belonged to. `stood_by`: it is known that he has confirmed what the recorder noted.
    """

    number: int
    step: StepName
    at: datetime
    noted: datetime
    by: PersonId | None = None
    post: PostName | None = None
    behalf: str | None = None
    recorder: PersonId | None = None
    medium: str = "system"
    units: tuple[str, ...] = ()
    facts: Mapping[str, Value] = field(default_factory=dict)
    overridden: tuple[str, ...] = ()
    origin: str | None = None
    stood_by: bool = False

    def seat(self, posts: tuple[str, ...]) -> str | None:
        """Which of these posts he acted for: his own, or the one whose last resort he is; None when none of them."""
        return self.post if self.post in posts else self.behalf if self.behalf in posts else None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a foreign log would show; what it does not list can never be called broken (semantics 1.3)."""

    steps: frozenset[str] | None = None
    facts: frozenset[str] | None = None
    persons: bool = True
    posts: bool = True

    def step(self, name: str) -> bool:
        """Whether the log would show this step had it happened."""
        return self.steps is None or name in self.steps

    def fact(self, name: str) -> bool:
        """Whether the log would show this fact had it been recorded."""
        return self.facts is None or name in self.facts


EVERYTHING: Final = Shown()
