"""The end as one gate: at which steps rules of the end hold, and whether what is owed bars them (semantics 5.11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..words import StepWord


def end_is_one_gate(language: int) -> bool:
    """Whether rules of the end hold on every ending and running duties bar it: save in editions of Kesu 0.1."""
    return language >= 2


def gated(words: Mapping[str, StepWord], ends: Iterable[str], *, language: int) -> tuple[str, ...]:
    """The steps at which rules of the end hold: those by which files end here, and those that end files of any kind."""
    named = tuple(ends)
    always = (step for step, word in words.items() if word.ends_always and step not in named)
    return (*named, *always) if end_is_one_gate(language) else named
