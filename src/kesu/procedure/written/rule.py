"""One sentence of the paper, as data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from kesu.names import FactName, RuleName
from kesu.reading.text import Text

from ..shapes.abilities import OpensFiles
from ..shapes.shape import Shape
from ..waiver import Waivable, Waiver
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
    each: FactName | None = None
    force: str = "refuse"
    waiver: Waiver | None = None
    reading: Text | None = None
    how: str = "enforced"
    origin: str = ""
    line: int = 0
    unset: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()  # ends at which it does not hold, of those at which rules of the end do
    where_known: tuple[str, ...] = ()  # ends at which it holds only where it is known that it applies
    outlives_end: bool = False  # what it calls for does not bar the end
    cited: tuple[str, ...] = ()  # of its clauses, those that a later file says that it holds
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

    @property
    def waivable(self) -> tuple[Waivable, ...]:
        """What it wants and lets be left out: each step, the answer to itself where it is a duty, the file that it opens."""
        if self.waiver is None:
            return ()
        timed, opens = self.shape.timed, self.able(OpensFiles)
        names = (
            *self.shape.waivable(),
            *((self.name,) if timed is not None else ()),
            *((opens.procedure,) if opens else ()),
        )
        calls = timed.calls if timed is not None else ()
        return tuple(Waivable(name, self.waiver, self.when, calls) for name in names)

    def of_paper(self, procedure: str) -> tuple[str, ...]:
        """Of its clauses, those that it holds for this procedure: all of an own rule, of an inherited one those cited here."""
        return self.clauses if self.origin == procedure else self.cited

    def able(self, ability: type[Able]) -> Able | None:
        """Its shape as one that has an ability (`shapes.abilities`); None when it has not."""
        return self.shape if isinstance(self.shape, ability) else None


@dataclass(frozen=True, slots=True)
class Dropped:
    """An inherited rule that does not hold here: which file says so, and why."""

    rule: str
    origin: str
    reason: Text


def able_among(rules: Iterable[Rule], ability: type[Able]) -> tuple[tuple[Rule, Able], ...]:
    """The rules whose shape has an ability, each with its shape as one that has it."""
    return tuple((rule, shape) for rule in rules if (shape := rule.able(ability)) is not None)
