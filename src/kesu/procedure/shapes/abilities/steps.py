"""Abilities that bear on the order of steps."""

from __future__ import annotations

from abc import ABC, abstractmethod


class PrecededBy(ABC):
    """Lets some steps be taken only after others."""

    @abstractmethod
    def waits_for(self, step: str) -> frozenset[str]:
        """The steps without every one of which this one can never be taken."""
