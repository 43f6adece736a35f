"""The closed set of shapes: one file a shape; whatever stands in this folder is known, nothing else is."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

from .shape import END, Shape, Vocabulary

__all__ = ["END", "Shape", "Vocabulary", "shapes", "signs_of"]


@cache
def shapes() -> Mapping[str, type[Shape]]:
    """Every shape by the key that is its sign."""
    found: dict[str, type[Shape]] = {}
    for module in pkgutil.iter_modules(__path__):
        for thing in vars(importlib.import_module(f"{__name__}.{module.name}")).values():
            if isinstance(thing, type) and issubclass(thing, Shape) and thing.keys:
                found[thing.sign] = thing
    return found


def signs_of(ability: type[object]) -> tuple[str, ...]:
    """The signs of the shapes that have an ability: for whoever looks at rules before they are read."""
    return tuple(sign for sign, shape in shapes().items() if issubclass(shape, ability))
