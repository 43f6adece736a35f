"""Texts that say nothing: what stands where a reason is asked so that something stands there. One place for all of Kesu."""

from __future__ import annotations

import unicodedata
from typing import Final

from .text import Text

SHORT: Final = 40  # letters up to which a text can be one of these; a longer one says something
EMPTY: Final = frozenset(
    {
        *(
            "无",
            "没有",
            "没",
            "略",
            "空",
            "暂无",
            "待补",
            "待定",
            "是",
            "否",
            "无理由",
            "没有理由",
            "不填",
            "理由",
        ),
        *("none", "na", "nil", "null", "no", "yes", "nothing", "tbd", "todo", "reason", "noreason"),
    }
)
NOT_KNOWN: Final = frozenset({"notknown", "unknown", "unclear", "不清楚", "不知道", "不详", "未知", "不明"})


def says_not_known(value: object) -> bool:
    """Whether a value says no more than that it is not known, whatever its width, case, spaces and marks."""
    if not isinstance(value, str):
        return value is None
    return len(value) <= SHORT and _letters(value) in NOT_KNOWN


def says_nothing(text: str) -> bool:
    """Whether a text is blank, a mark, one letter, one character again and again, a bare figure or a word for nothing."""
    if len(text) > SHORT and any(map(str.isalnum, text)):
        return False
    letters = _letters(text)
    return len(set(letters)) < 2 or letters.isdecimal() or letters in EMPTY or letters in NOT_KNOWN


def wrong_reason(text: str) -> Text | None:
    """What to say to whoever gave such a text as a reason; None where it says something."""
    if not says_nothing(text):
        return None
    if not text.strip():
        return Text("还没有写内容；请写一句说明", "nothing stands here; say it in words")
    return Text(
        f"“{text.strip()}”等于没有写；请写一句说明", f"“{text.strip()}” says nothing; say it in words"
    )


def _letters(text: str) -> str:
    """A text without marks, spaces and what cannot be seen, in one width and case."""
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())
