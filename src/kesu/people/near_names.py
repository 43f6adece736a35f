"""A name or number that nobody knows, held against those that somebody does: which may have been meant, and the question (semantics 8.13)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Final

from kesu.procedure.kinds.alike import matched
from kesu.reading.text import Text

NUMBERS: Final = 0.66  # HC-9999 and HC-0099 share four of six marks
NAMES: Final = 0.8  # one mark of a batch or two of a long product; days of making differ in more
MOST_NEAR: Final = 3


def nearest(text: str, names: Iterable[str], *, share: float) -> tuple[str, ...]:
    """Of these names, as they are written, those that have at least this share of marks in common, the nearest first.

    None where one of them is the same but for how people write it.
    """
    spelled: dict[str, str] = {}
    for one in names:
        spelled.setdefault(matched(one), one)
    wanted = matched(text)
    if wanted in spelled:
        return ()
    return tuple(spelled[one] for one in get_close_matches(wanted, spelled, n=MOST_NEAR, cutoff=share))


def is_it(text: str, near: Sequence[str]) -> Text:
    """“没有 HC-9999；是不是 HC-0099”: what is not there, and what may be meant, without the mark at its end."""
    *others, last = near
    zh = f"{'、'.join(others)} 或 {last}" if others else last
    en = f"{', '.join(others)} or {last}" if others else last
    return Text(f"没有 {text}；是不是 {zh}", f"there is no {text}; is it {en}")
