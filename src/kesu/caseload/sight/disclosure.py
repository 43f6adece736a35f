"""Facts as one reader gets them: open, as a draft, masked or hidden. What he may not have is not in the answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kesu.names import FactName
from kesu.procedure import words
from kesu.procedure.history.act import MISSING, Missing, Value
from kesu.procedure.words import FactWord
from kesu.procedure.words.names import FACT

from ..folded.masking import masked
from ..folded.recorded import ERASED_VALUE
from .gate import NO_GATE, Disclosure, Gate

NAMED: Final = re.compile(r"case/[0-9a-f]{32}(#\d+)?")  # how an entry names another case file
NO_LABELS: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class NamedFiles:
    """Case files that a fact names: the numbers of those that the reader sees, and how many he does not."""

    labels: tuple[str, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class Disclosed:
    """One fact for one reader. `about` is the fact whose value it is: of a correction the one that it mends, else `word`.

    `value` is None where it is hidden, and where it is not known. `was` is what stood there before a correction, MISSING
    where nothing was mended.
    """

    word: FactName
    about: FactName
    value: Value | NamedFiles
    how: Disclosure
    was: Value | NamedFiles | Missing = MISSING


def disclosed(
    word: str,
    value: Value,
    *,
    gate: Gate = NO_GATE,
    labels: Mapping[str, str] = NO_LABELS,
    about: str | None = None,
    unmasked: bool = False,
    mended: Value | Missing = MISSING,
) -> Disclosed:
    """A fact that the vocabulary knows. `labels`: the numbers of the files that the reader sees; `mended`: what holds now.

    With `unmasked` contact details stand in full; somebody has written down who looked.
    """
    own = words.facts()[word]
    subject = words.facts().get(about or word, own)
    if gate.hides(subject.name):
        return Disclosed(own.name, subject.name, None, Disclosure.HIDDEN)
    masks = subject.contact and not unmasked
    now = _as_shown(subject, value, masks=masks, labels=labels)
    how = Disclosure.MASKED if masks and value not in (None, ERASED_VALUE) else Disclosure.OPEN
    if gate.marks(subject.name):
        how = Disclosure.DRAFT
    if isinstance(mended, Missing):
        return Disclosed(own.name, subject.name, now, how)
    return Disclosed(
        own.name, subject.name, _as_shown(subject, mended, masks=masks, labels=labels), how, was=now
    )


def _as_shown(word: FactWord, value: Value, *, masks: bool, labels: Mapping[str, str]) -> Value | NamedFiles:
    named = files_in(word, value)
    if named is not None:
        seen = tuple(labels[file] for file in named if file in labels)
        return NamedFiles(seen, len(named) - len(seen))
    return _masked(value) if masks else value


def files_in(word: FactWord, value: Value) -> list[str] | None:
    """The case files that a value names; None for one that names none. `from` is a date on forms, and a file in what a watch writes."""
    if not (word.kind.technical or word.kind.of_things) and word.name != FACT.FROM:
        return None
    named = [str(one) for one in (value if isinstance(value, list) else [value])]
    return [one.partition("#")[0] for one in named] if named and all(map(NAMED.fullmatch, named)) else None


def _masked(value: Value) -> Value:
    if isinstance(value, list):
        return [_masked(one) for one in value]
    return masked(value) if isinstance(value, str) and value != ERASED_VALUE else value
