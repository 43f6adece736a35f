"""Abilities that bear on the order of steps."""

from __future__ import annotations

from abc import ABC


class PrecededBy(ABC):
    """Lets none of its `steps` be taken before those `needed`: all of them, or with `any_of` one."""

    steps: tuple[str, ...]
    needed: tuple[str, ...]
    any_of: bool
