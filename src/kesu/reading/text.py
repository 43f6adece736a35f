"""Text in the two languages of the house."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Lang = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One thing said in Chinese and in English."""

    zh: str
    en: str

    def in_(self, lang: Lang) -> str:
        """The text in one language."""
        return self.zh if lang == "zh" else self.en

    def __str__(self) -> str:
        return self.en


NO_TEXT: Final = Text("", "")


def listed(items: list[str], lang: Lang) -> str:
    """Several items as a person would list them: 甲、乙、丙 / a, b and c."""
    if lang == "zh":
        return "、".join(items)
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]


def either(items: list[str], lang: Lang) -> str:
    """One of several items as a person would say it: 甲、乙或丙 / a, b or c."""
    if len(items) < 2:
        return "".join(items)
    before = ("、" if lang == "zh" else ", ").join(items[:-1])
    return f"{before}或{items[-1]}" if lang == "zh" else f"{before} or {items[-1]}"
