"""Text as a search sees it: folded character by character, and the short pieces by which any part of it is found.

Chinese has no spaces, so a text is found by its single characters and its pairs; Latin letters and digits by whole runs
and by pieces of three. A piece says only that a text may hold what is looked for; whether it does, the folded text says.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from pypinyin import Style, lazy_pinyin

HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUN: Final = re.compile(f"[{HAN}]+|[^\\W_{HAN}]+")
LONGEST_RUN: Final = 60  # characters of one run of letters and digits that are taken for a word as a whole
PIECE: Final = 3


@lru_cache(maxsize=20_000)
def _folded(mark: str) -> str:
    """One character without width and case; what would become several stays as it is, so that places in a text are kept."""
    for made in (unicodedata.normalize("NFKC", mark).casefold(), mark.lower()):
        if len(made) == 1:
            return made
    return mark


def folded(text: str) -> str:
    """The text without width and case, as long as it was: place for place the same."""
    return "".join(map(_folded, text))


def grams(text: str) -> list[str]:
    """The pieces of a folded text, each once, in the order of the text."""
    return list(dict.fromkeys(piece for run in RUN.findall(text) for piece in _pieces(run)))


def wanted(text: str) -> list[str]:
    """The pieces that a folded text has to have to hold this one; none where nothing can be told by pieces."""
    return list(dict.fromkeys(piece for run in RUN.findall(text) for piece in _least(run)))


def _pieces(run: str) -> list[str]:
    if _is_han(run):
        return [*run, *_windows(run, 2)]
    return [*([run] if len(run) <= LONGEST_RUN else []), *_windows(run, PIECE)]


def _least(run: str) -> list[str]:
    """Of Chinese the pairs, of the rest the pieces; what is shorter is a word of its own."""
    return _windows(run, 2 if _is_han(run) else PIECE) or [run]


def _is_han(run: str) -> bool:
    return re.match(f"[{HAN}]", run) is not None


def _windows(run: str, length: int) -> list[str]:
    return [run[place : place + length] for place in range(len(run) - length + 1)]


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """The first letters of a Chinese name as they are typed: 源达化工 is ydhg. Empty where nothing of it is Chinese."""
    if not re.search(f"[{HAN}]", name):
        return ""
    letters = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER, errors="ignore"))
    return letters if letters.isascii() else ""
