"""Abilities that bear on the order of steps."""

from __future__ import annotations

from abc import ABC, abstractmethod

from kesu.names import PostName, StepName

from ...history.of_a_file import History
from ...waiver import Waivable
from ...when import When
from ..shape import Shape


class PrecededBy(ABC):
    """Lets some steps be taken only after others."""

    @abstractmethod
    def waits_for(self, step: str) -> frozenset[str]:
        """The steps without every one of which this one can never be taken."""

    def one_of(self, step: str) -> frozenset[str]:
        """The steps of which one is enough for this one; none where all of them are wanted."""
        return frozenset()


class UnderCondition(ABC):
    """Lets its steps exist only in cases where the `condition` holds."""

    condition: When


class StartsAnew(ABC):
    """Says which steps count only when they are taken again after its own `steps`."""

    steps: tuple[str, ...]
    anew: tuple[str, ...]


class TakesHearsay(ABC):
    """Says which steps that decide count from the moment another noted them, before whoever acted confirms it."""

    steps: tuple[StepName, ...]


class KnowsWaivers(ABC):
    """Holds what the rules of its procedure let be left out."""

    waivable_things: tuple[Waivable, ...]

    @abstractmethod
    def knowing(self, things: tuple[Waivable, ...]) -> Shape:
        """The same, once all rules of the procedure are read."""


class WantsAttested(ABC):
    """Wants somebody to attest what nobody can show: `conduct`, in one of `posts` if it names any."""

    conduct: str
    posts: tuple[PostName, ...]

    @abstractmethod
    def given(self, history: History) -> bool:
        """Whether somebody attested it, in full and in the right post."""
