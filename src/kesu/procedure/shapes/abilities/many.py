"""Abilities that look over many files: what counts together, what is measured, totalled, used once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from typing import Final

from kesu.names import FactName, StepName

from ...history.act import Act
from ...history.of_a_file import History
from ...when import When
from .files import NamesProcedure

FOR_EVER: Final = 1_000_000  # days; a window without limit is a running total


class Counts(NamesProcedure):
    """Counts files that have something in common, in a file of its own `procedure`, and raises an alarm at a limit.

    - `counts`: the step by which a file counts, from its first act on.
    - `by`: the facts in which files that count together agree.
    - `least`: how many files make an alarm.
    - `follows`: the (fact, value) that an alarm puts on record in the files counted; None: nothing.
    - `leaves_out`: steps after which a file counts no longer.
    """

    counts: str
    by: tuple[FactName, ...]
    least: int
    follows: tuple[str, str] | None
    leaves_out: tuple[str, ...]

    @property
    @abstractmethod
    def days(self) -> int:
        """How many consecutive local days a window has; FOR_EVER without a limit."""


class Measures(ABC):
    """An indicator called `name`: a time from the step `start` to the step `to`, or one over facts.

    - `kind`: `time`, `share` (of the values of `fact`), `rate` (of `good` values among the answers to all `facts`) or
      `mean` (of the figure `fact`).
    - `by`: the facts by which its groups are compared.
    """

    name: str
    kind: str
    start: str | None
    to: str | None
    fact: FactName | None
    by: tuple[FactName, ...]
    facts: tuple[FactName, ...]
    good: tuple[str, ...]


class ShowsPrecedents(ABC):
    """Shows at its `steps` what ended cases, of the same procedure and with the same facts `similar`, have under `got`."""

    steps: tuple[StepName, ...]
    similar: tuple[FactName, ...]
    got: tuple[FactName, ...]


class TotalsFigures(NamesProcedure):
    """Counts the files of its `procedure` for a report: those where `where` holds, also by each value of the facts `by`."""

    by: tuple[FactName, ...]
    where: When

    @abstractmethod
    def period(self, history: History, act: Act) -> tuple[date, date]:
        """The first and the last day counted, of an act that was accepted."""


class UsedOnce(ABC):
    """Holds that each value of the fact `word`, given by its `steps`, is used once in the whole organisation."""

    steps: tuple[StepName, ...]
    word: FactName

    @abstractmethod
    def uses(self, history: History, act: Act) -> tuple[str, ...]:
        """The values that an act uses, or that a correction of such an act would make it use."""
