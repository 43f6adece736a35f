"""Finding words by what people call them: names, titles in both languages, pinyin, and the values of choices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from pypinyin import lazy_pinyin

from kesu.reading.grams import folded, initials
from kesu.reading.text import Text

from .lexicon import Lexicon
from .word import FactWord, StepWord

STEP_KIND = "step"  # beside the kinds of facts


class Near(IntEnum):
    """How near a word comes to what was asked, the nearest first."""

    SAME = 0
    BEGINS = 1
    HOLDS = 2
    VALUE = 3  # one of its values is called so


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A word that answers, with those of its values that do where it does not itself."""

    near: Near
    name: str
    kind: str
    title: Text
    values: tuple[tuple[str, Text], ...] = ()


def hits(lexicon: Lexicon, text: str, *, kind: str | None = None) -> list[Hit]:
    """The words that are called so, the nearest first; of one kind (`step`, or a kind of facts) where that is asked."""
    words: tuple[StepWord | FactWord, ...] = (*lexicon.steps.values(), *lexicon.facts.values())
    near = (_hit(word, folded(text).strip()) for word in words if kind in (None, _kind(word)))
    return sorted(
        (hit for hit in near if hit is not None), key=lambda hit: (hit.near, len(hit.name), hit.name)
    )


def _hit(word: StepWord | FactWord, text: str) -> Hit | None:
    near = _nearness(text, word.name, word.title)
    if near is not None:
        return Hit(near, word.name, _kind(word), word.title)
    choices = word.choices.items() if isinstance(word, FactWord) else ()
    values = tuple((name, title) for name, title in choices if _nearness(text, name, title) is not None)
    return Hit(Near.VALUE, word.name, _kind(word), word.title, values) if values and text else None


def _nearness(text: str, name: str, title: Text) -> Near | None:
    called = list(_called(name, title))
    if text in called:
        return Near.SAME
    if any(one.startswith(text) for one in called):
        return Near.BEGINS
    plain = called[:3]  # a piece from the middle of pinyin is a piece of other syllables
    return Near.HOLDS if any(text in one for one in plain) else None


def _called(name: str, title: Text) -> Iterator[str]:
    """Its name, its titles, and the Chinese one as it is typed: huifang, hf."""
    yield name
    yield folded(title.zh)
    yield folded(title.en)
    yield "".join(lazy_pinyin(title.zh))
    yield initials(title.zh)


def _kind(word: StepWord | FactWord) -> str:
    return word.kind.name if isinstance(word, FactWord) else STEP_KIND
