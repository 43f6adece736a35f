"""Texts as a mapping file has them: quoted where YAML would read something else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Final

PLAIN: Final = re.compile(r"[A-Za-z\u4e00-\u9fff][\w\u4e00-\u9fff]*( [\w\u4e00-\u9fff]+)*")
NOT_TEXT: Final = frozenset({"yes", "no", "true", "false", "on", "off", "null", "y", "n"})
UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]+")
SHORT: Final = 40


def quoted(text: str) -> str:
    """A text as it stands in YAML."""
    if PLAIN.fullmatch(text) and text.lower() not in NOT_TEXT:
        return text
    return re.sub(
        r"[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]",
        lambda sign: f"\\u{ord(sign.group()):04x}",
        json.dumps(text, ensure_ascii=False),
    )


def inline(pairs: Mapping[str, str]) -> str:
    """A mapping on one line; the values are written already."""
    return "{" + ", ".join(f"{quoted(key)}: {value}" for key, value in pairs.items()) + "}"


def listed(texts: Iterable[str]) -> str:
    """A list on one line."""
    return "[" + ", ".join(map(quoted, texts)) + "]"


def example(text: object) -> str:
    """A value as a comment shows it: one line, and not a long one."""
    shown = UNSEEN.sub(" ", " ".join(str(text).split()))
    return shown if len(shown) <= SHORT else shown[: SHORT - 1] + "…"


def examples(texts: Iterable[object], most: int = 3) -> str:
    """The first of some values."""
    return ", ".join(f"“{example(text)}”" for text in islice(texts, most))
