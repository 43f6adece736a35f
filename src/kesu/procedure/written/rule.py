"""One sentence of the paper, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from kesu.names import RuleName
from kesu.reading.text import Text

from ..shapes.shape import Shape
from ..when import ALWAYS, When
from .expected import Expected

Able = TypeVar("Able")


@dataclass(frozen=True, slots=True)
class Rule:
    """One sentence of the paper: a shape, narrowed by `when`, with the clauses it comes from.

    `expects`: what has to be on record before it can be kept; over nothing that is known nobody can tell.
    """

    name: RuleName
    clauses: tuple[str, ...]
    shape: Shape
    when: When = ALWAYS
    expects: tuple[Expected, ...] = ()
    each: str | None = None
    force: str = "refuse"
    reading: Text | None = None
    how: str = "enforced"
    origin: str = ""
    line: int = 0
    unset: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()  # ends at which it does not hold, of those at which rules of the end do
    where_known: tuple[str, ...] = ()  # ends at which it holds only where it is known that it applies
    outlives_end: bool = False  # what it calls for does not bar the end
    of_steps: bool = False  # made of the lines of steps that say who takes them

    @property
    def conditions(self) -> frozenset[str]:
        """The facts by which it is told whether, and for which things, the rule applies."""
        expected = frozenset[str]().union(*(one.words for one in self.expects))
        return self.when.words | expected | ({self.each} if self.each is not None else frozenset())

    @property
    def bars(self) -> bool:
        """Whether a breach refuses the act online."""
        return self.shape.bars and self.force != "show"

    def able(self, ability: type[Able]) -> Able | None:
        """Its shape as one that has an ability (`shapes.abilities`); None when it has not."""
        return self.shape if isinstance(self.shape, ability) else None
