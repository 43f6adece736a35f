"""When two texts typed by people name the same thing: an item, a batch, a product, a receipt (semantics 8.13)."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

UNITS: Final = {"毫升": "ml", "毫克": "mg", "千克": "kg", "公斤": "kg", "克": "g", "升": "l"}
MEASURED: Final = re.compile(f"(?<=[0-9])({'|'.join(UNITS)})")
CALLED: Final = re.compile(
    r"^(?:批号|批次|编号|单号|票号|no\.?)[:：]?(?=[^.:：])|(?<=[0-9a-z])(?:批次|批号|批|号)$"
)
BETWEEN: Final = frozenset("()[]【】_\u2212")  # brackets and what people take for a hyphen


def alike(text: str) -> str:
    """What spellings of one name that differ in width, case and spaces around words have in common: “Ａ－１２ ” and “a-12”."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def matched(text: str) -> str:
    """What all spellings of one name have in common, as people write items and batches.

    Spaces, hyphens and brackets do not count, units of measure are one however they are written, and neither do words such
    as 批号: “纯牛奶 250ml” and “纯牛奶（250毫升）”, “2026 0211A” and “20260211-A批”. What is nothing but such marks stays.
    """
    said = "".join(mark for mark in alike(text) if not _passed_over(mark))
    said = CALLED.sub("", MEASURED.sub(lambda unit: UNITS[unit[0]], said))
    return said or alike(text)


def spellings(text: str, *, loosely: bool) -> tuple[str, ...]:
    """Under what a value is looked up among others; `loosely`: also as people write it."""
    return tuple(dict.fromkeys((alike(text), matched(text)))) if loosely else (alike(text),)


def _passed_over(mark: str) -> bool:
    return mark.isspace() or mark in BETWEEN or unicodedata.category(mark) in ("Pd", "Cf")
