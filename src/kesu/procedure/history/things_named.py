"""What an act names of the things of its file, and which of them the file does not hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .. import words
from ..words import FactWord
from .act import Value
from .of_a_file import History


@dataclass(frozen=True, slots=True)
class Named:
    """The things that an act names under a fact: those the file holds (`there`), and the named ones it does not (`gone`)."""

    word: FactWord
    there: tuple[str, ...]
    gone: tuple[str, ...]


def named_things(history: History, name: str, given: Mapping[str, Value]) -> Named | None:
    """What an act with these facts names under one of them; None where it names no thing of the file."""
    word, value = words.facts().get(name), given.get(name)
    if word is None or word.names_of is None or value is None:
        return None
    there = tuple(dict.fromkeys((*history.things(word.names_of), *_several(given.get(word.names_of)))))
    return Named(word, there, tuple(one for one in _several(value) if one not in there))


def _several(value: Value) -> list[str]:
    return [value] if isinstance(value, str) else [one for one in value or () if isinstance(one, str)]
