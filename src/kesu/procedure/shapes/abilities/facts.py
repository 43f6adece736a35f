"""Abilities that bear on the facts of one file: what is put on record, drawn, wanted, consented to."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date

from kesu.names import FactName, StepName

from ...history.act import Act
from ...history.of_a_file import History


class PutsOnRecord(ABC):
    """Puts `value` on record as `fact` by itself."""

    fact: FactName
    value: str


class FollowsFrom(PutsOnRecord):
    """Puts its fact on record after an act, when its conditions hold; `one_way`: it never falls by itself."""

    one_way: bool


class Promotes(PutsOnRecord):
    """Puts its fact on record by the clock alone, when the time of its `timed` is over."""


class Draws(ABC):
    """Draws the things of the fact `drawn` at random when a step is decided upon, so that nobody has to give them."""

    drawn: FactName

    @abstractmethod
    def unknown(self, history: History, act: Act) -> tuple[str, ...]:
        """What is not on record of that from which it is drawn."""

    @abstractmethod
    def again(self, history: History, act: Act) -> tuple[str, ...] | None:
        """What the draw gives; None when nothing can be drawn."""


class KnowsPrices(ABC):
    """Holds what is given at its `steps` against the prices that the register of prices has for a day.

    - `product`: the fact that names the product of the file, whose price is looked up too.
    """

    steps: tuple[StepName, ...]
    product: FactName

    @abstractmethod
    def articles(self, history: History, act: Act) -> tuple[str, ...]:
        """The articles whose price has to be known for this act, as they are written."""

    @abstractmethod
    def day(self, history: History, act: Act) -> date:
        """The day whose prices count."""


class WantsFacts(ABC):
    """Has the forms of its `steps` ask facts, whatever else the forms name.

    - `in_hand`: what they ask has to be there; that it is not known is no answer.
    """

    steps: tuple[StepName, ...]
    in_hand: bool = False

    @abstractmethod
    def wanted(self) -> frozenset[str]:
        """The facts, among those that the shape reads."""

    @property
    def arrival(self) -> bool:
        """Whether it concerns the arrival, so that what is missing then may follow."""
        return False

    def lacking(self, history: History, act: Act | None) -> tuple[str, ...]:
        """Of what may follow, the facts that the file does not hold yet, with `act` or without."""
        return ()


class TellsAsConsented(ABC):
    """Holds that the `facts` told by the steps `told_at` are those to which a step of `consent` consented."""

    facts: tuple[FactName, ...]
    consent: tuple[StepName, ...]
    told_at: tuple[StepName, ...]
