"""What offices call columns and steps: kept as data beside this, and matched with the titles of a procedure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from kesu.procedure import words
from kesu.reading.keys import Keys, known_word
from kesu.reading.strict import Scalar, read_file

from ..numbers import narrow

FILE: Final = Path(__file__).with_name("hints.yaml")
NOT_SAID: Final = re.compile(r"[(（\[【][^(（\[【)）\]】]*[)）\]】]|[\s_\-:*/.]+")
EXACT, WITHIN, AROUND = 100, 50, 30


@dataclass(frozen=True, slots=True)
class Hints:
    """Names by role of a column, by step and by fact; words that stand at the foot of a table, or for no time."""

    roles: Mapping[str, tuple[str, ...]]
    steps: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, tuple[str, ...]]
    times: tuple[str, ...]
    persons: tuple[str, ...]
    totals: tuple[str, ...]
    none: tuple[str, ...]

    def role(self, header: str, role: str) -> int:
        """How well a header says that its column has a role; 0: not at all."""
        return closest(header, self.roles[role])

    def of_time(self, header: str) -> bool:
        """Whether a header says that times stand below it."""
        plain = plainly(header)
        return any(plain.endswith(word) or plain.startswith(word) for word in map(plainly, self.times))

    def is_a_name(self, header: str) -> bool:
        """Whether a text is what columns are called."""
        named = [*self.roles.values(), *self.steps.values(), *self.facts.values()]
        return self.of_time(header) or any(closest(header, names) >= EXACT for names in named)


@cache
def hints() -> Hints:
    """Those of the file beside this module. Raises ReadError."""
    keys = Keys(read_file(FILE), what="the hints")
    roles, steps, facts = (Keys(keys.need(key), what=f"“{key}”") for key in ("roles", "steps", "facts"))
    for name in steps.block:
        known_word(Scalar(name, str(FILE), steps.block.lines[name]), words.steps(), what="the step")
    for name in facts.block:
        known_word(Scalar(name, str(FILE), facts.block.lines[name]), words.facts(), what="the fact")
    names, named_steps, named_facts = (
        {name: tuple(map(str, part.words(name))) for name in part.block} for part in (roles, steps, facts)
    )
    times, persons, totals, none = (
        tuple(map(str, keys.words(key))) for key in ("times", "whoever", "totals", "none")
    )
    found = Hints(names, named_steps, named_facts, times, persons, totals, none)
    keys.done()
    return found


@lru_cache(maxsize=4096)
def plainly(text: str) -> str:
    """Without width, case, spaces, signs and what stands in brackets."""
    return NOT_SAID.sub("", narrow(text).lower())


def bare(header: str, without: Iterable[str]) -> str:
    """A header without the word at its end that only says what stands below it: 收到时间 is 收到."""
    plain = plainly(header)
    for word in sorted(map(plainly, without), key=len, reverse=True):
        if plain.endswith(word) and len(plain) > len(word):
            return plain[: -len(word)]
    return plain


def closest(text: str, names: Iterable[str]) -> int:
    """How near a text comes to the nearest of some names: the same, it holds the name, the name holds it, or 0."""
    return max((_near(text, name) for name in names), default=0)


def _near(text: str, name: str) -> int:
    mine, theirs = plainly(text), plainly(name)
    if not mine or not theirs:
        return 0
    if mine == theirs:
        return EXACT + len(theirs)
    if _holds(text, name):
        return WITHIN + len(theirs)
    return AROUND + len(mine) if _holds(name, text) else 0


def _holds(text: str, part: str) -> bool:
    """Whether a part stands in a text: of letters as whole words, of Chinese anywhere."""
    plain = plainly(part)
    if not _long_enough(plain):
        return False
    return f" {_spaced(part)} " in f" {_spaced(text)} " if plain.isascii() else plain in plainly(text)


@lru_cache(maxsize=4096)
def _spaced(text: str) -> str:
    return " ".join(NOT_SAID.sub(" ", narrow(text).lower()).split())


def _long_enough(text: str) -> bool:
    return len(text) >= (4 if text.isascii() else 2)
