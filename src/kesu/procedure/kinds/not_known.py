"""“Not known” where it is typed into a text: an answer in words that says that there is none."""

from __future__ import annotations

import unicodedata
from typing import Final

SAID: Final = frozenset({"notknown", "unknown", "unclear", "不清楚", "不知道", "不详", "未知", "不明"})


def says_not_known(value: object) -> bool:
    """Whether a value says no more than that it is not known, whatever its width, case, spaces and marks."""
    if not isinstance(value, str):
        return value is None
    return letters_of(value) in SAID


def letters_of(text: str) -> str:
    """A text without marks, spaces and what cannot be seen, in one width and case."""
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())
