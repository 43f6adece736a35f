"""Whole numbers as browsers send them back: short ones, whatever somebody wrote into an address."""

from __future__ import annotations

from typing import Final

FIGURES: Final = 9  # no entry, place or year has more, and no database takes many more


def whole(text: str) -> int | None:
    """The number that a text writes in a few ASCII figures; None where it does not."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= FIGURES else None
