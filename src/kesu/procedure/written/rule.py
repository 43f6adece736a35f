"""One sentence of the paper, as data."""

from __future__ import annotations

from dataclasses import dataclass

from kesu.names import RuleName
from kesu.reading.text import Text

from ..shapes.shape import Shape
from ..when import ALWAYS, When


@dataclass(frozen=True, slots=True)
class Rule:
    """One sentence of the paper: a shape, narrowed by `when`, with the clauses it comes from."""

    name: RuleName
    clauses: tuple[str, ...]
    shape: Shape
    when: When = ALWAYS
    each: str | None = None
    force: str = "refuse"
    reading: Text | None = None
    how: str = "enforced"
    origin: str = ""
    line: int = 0
    unset: tuple[str, ...] = ()

    @property
    def conditions(self) -> frozenset[str]:
        """The facts by which it is told whether, and for which things, the rule applies."""
        return self.when.words | ({self.each} if self.each is not None else frozenset())

    @property
    def bars(self) -> bool:
        """Whether a breach refuses the act online."""
        return self.shape.bars and self.force != "show"
