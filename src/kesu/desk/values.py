"""Values of facts as people read them: choices by their titles, persons and units by their names, phones masked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kesu.forms.moments import in_full
from kesu.people.cast import Cast
from kesu.procedure import words
from kesu.procedure.text import Text, listed
from kesu.procedure.words import FactWord

from .line_table import LineTable, lines_in_one

ERASED = "erased"
MASKED = frozenset({"phone", "email"})
UNKNOWN = Text("不清楚", "not known")
NOT_NEEDED = "not needed"


@dataclass(frozen=True, slots=True)
class Said:
    """A fact with its value in words. `items` are those of a checklist; `was` is what stood there before a correction."""

    word: str
    title: Text
    value: Text
    items: tuple[tuple[Text, Text], ...] = ()
    table: LineTable | None = None
    was: Text | None = None
    hidden: bool = False
    draft: bool = False
    long: bool = False


def value_said(word: FactWord, value: Any, cast: Cast, *, shown: bool = False) -> Text:
    """One value in words. `shown`: contact details in full."""
    if value is None:
        return UNKNOWN
    if value == ERASED and word.erasable:
        return Text("已删除", "erased")
    if word.kind == "lines":
        return lines_in_one(value)
    if isinstance(value, list):
        parts = [value_said(word, one, cast, shown=shown) for one in value]
        return Text(listed([one.zh for one in parts], "zh"), listed([one.en for one in parts], "en"))
    text = str(value)
    if text in word.choices:
        return word.choices[text]
    match word.kind:
        case "person" | "persons":
            text = cast.name_of(text)
        case "unit" | "units":
            text = unit_title(text, cast)
        case "money":
            return Text(f"{text} 元", f"CNY {text}")
        case "date":
            return _date(text, cast)
        case "word":
            return _word(text)
    if word.name in MASKED and not shown:
        text = masked(text)
    return Text(text, text)


def items_said(word: FactWord, value: Any) -> tuple[tuple[Text, Text], ...]:
    """A checklist's answers, item by item."""
    if word.kind != "checklist" or not isinstance(value, Mapping):
        return ()
    return tuple((title, _answer(value.get(item))) for item, title in word.choices.items())


def unit_title(unit: str, cast: Cast) -> str:
    """What a unit is called; its id when it is not known."""
    return next((one.title for one in reversed(cast.units) if one.unit == unit), unit)


def masked(text: str) -> str:
    """138****6621, w***@example.com."""
    if "@" in text:
        name, _, house = text.partition("@")
        return f"{name[:1]}***@{house}"
    return re.sub(
        r"(\d{3})\d{2,}(\d{4})|(\d{2})\d{2,}(\d{2})",
        lambda found: f"{found[1] or found[3]}****{found[2] or found[4]}",
        text,
    )


def _answer(answer: Any) -> Text:
    if answer is None:
        return Text("—", "—")
    text = str(answer)
    if text.startswith(NOT_NEEDED):
        rest = text[len(NOT_NEEDED) :].strip(" :：")
        return Text(f"不需要：{rest}", f"not needed: {rest}")
    return Text(text, text)


def _date(text: str, cast: Cast) -> Text:
    from datetime import date

    try:
        return in_full(date.fromisoformat(text), zone=cast.organisation.zone)
    except ValueError:
        return Text(text, text)


def _word(text: str) -> Text:
    for known in (words.steps().get(text), words.facts().get(text)):
        if known is not None:
            return known.title
    return Text(text, text)
