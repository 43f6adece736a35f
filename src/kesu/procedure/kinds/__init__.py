"""The closed set of kinds of facts: one file a kind; whatever stands in this folder is known, nothing else is."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from functools import cache

from .kind import Cell, Filled, Given, Kind, Names, Value

__all__ = ["Cell", "Filled", "Given", "Kind", "Names", "Value", "kinds", "kinds_that"]


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its name, in the order of their files."""
    known: dict[str, Kind] = {}
    for module in pkgutil.iter_modules(__path__):
        for thing in vars(importlib.import_module(f"{__name__}.{module.name}")).values():
            if isinstance(thing, Kind):
                known[thing.name] = thing
    return known


def kinds_that(can: Callable[[Kind], bool]) -> tuple[Kind, ...]:
    """The kinds that can do something: `kinds_that(lambda kind: kind.tells_alike)`."""
    return tuple(kind for kind in kinds().values() if can(kind))
