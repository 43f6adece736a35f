"""Spans of time as a procedure writes them: an amount and a unit, or a target and a limit."""

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Literal

from kesu.worktime.local_time import SECOND
from kesu.worktime.strict import nearest

Lang = Literal["zh", "en"]


class SpanError(ValueError):
    """A text that is no span of time; the message says what is wrong and what to write."""


class Unit(StrEnum):
    """What an amount counts."""

    CLOCK_HOURS = "clock hours"
    WORKING_HOURS = "working hours"
    CALENDAR_DAYS = "calendar days"
    NATURAL_DAYS = "natural days"
    WORKING_DAYS = "working days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"

    @property
    def in_hours(self) -> bool:
        """Whether it runs from the instant and ends at an instant, not at the end of a day."""
        return self in (Unit.CLOCK_HOURS, Unit.WORKING_HOURS)

    @classmethod
    def parse(cls, text: str) -> "Unit":
        """The unit of that name: English, singular or plural, or Chinese."""
        word = " ".join(text.casefold().replace("_", " ").split())
        unit = _WORDS.get(word)
        if unit is None:
            raise SpanError(f'"{text}" is no unit of time; {_advice(word)}')
        return unit

    def amount_text(self, amount: str, *, lang: Lang, singular: bool = False) -> str:
        """`amount` of this unit in words."""
        if lang == "zh":
            return f"{amount}{_ZH[self]}"
        return f"{amount} {self.value[:-1] if singular else self.value}"


_ZH = {
    Unit.CLOCK_HOURS: "小时",
    Unit.WORKING_HOURS: "个工作小时",
    Unit.CALENDAR_DAYS: "个日历日",
    Unit.NATURAL_DAYS: "个自然日",
    Unit.WORKING_DAYS: "个工作日",
    Unit.WEEKS: "周",
    Unit.MONTHS: "个月",
    Unit.YEARS: "年",
}
_OTHER_ZH = {"钟点小时": Unit.CLOCK_HOURS, "工时": Unit.WORKING_HOURS, "星期": Unit.WEEKS, "月": Unit.MONTHS}
_WORDS = (
    {unit.value: unit for unit in Unit}
    | {unit.value[:-1]: unit for unit in Unit}
    | {word: unit for unit, word in _ZH.items()}
    | {word.removeprefix("个"): unit for unit, word in _ZH.items()}
    | _OTHER_ZH
    | {f"个{word}": unit for word, unit in _OTHER_ZH.items()}
)
_UNCLEAR = {
    **dict.fromkeys(("day", "days"), "say calendar days, natural days or working days"),
    **dict.fromkeys(("日", "天"), "写明是日历日、自然日还是工作日 (calendar, natural or working days)"),
    **dict.fromkeys(("hour", "hours"), "say clock hours or working hours"),
}

_NUMBER = r"\d+(?:\.\d+)?"
_SPAN = re.compile(
    rf"(?P<target>{_NUMBER})\s*(?:(?:to|-|–|—|~|至|到)\s*(?P<limit>{_NUMBER}))?\s*(?P<unit>\D*)"
)
_LARGEST = Decimal(1_000_000)


def _advice(word: str) -> str:
    if word in _UNCLEAR:
        return f"there are several kinds of it: {_UNCLEAR[word]}"
    if not word.isascii():
        return nearest(word, [text for text in _WORDS if not text.isascii() and not text.startswith("个")])
    return nearest(word, [unit.value for unit in Unit])


@dataclass(frozen=True, slots=True)
class Span:
    """`amount` of `unit`. Only hours take fractions, and only such as are whole seconds."""

    amount: Decimal
    unit: Unit
    whole: int = field(init=False, repr=False, compare=False)
    """Ticks (microseconds) for hours, else the amount itself."""
    in_hours: bool = field(init=False, repr=False, compare=False)
    """Whether the unit is one of hours, kept because it is asked for each due date."""

    def __post_init__(self) -> None:
        size = self.amount * 3600 if self.unit.in_hours else self.amount
        if not 0 < self.amount <= _LARGEST:
            raise SpanError(f"{self} cannot be counted; give an amount over 0 and up to {_LARGEST:,}")
        if size != size.to_integral_value():
            remedy = "give whole seconds" if self.unit.in_hours else "give a whole number"
            raise SpanError(f"{self} cannot be counted: {self.unit} take no such fraction; {remedy}")
        object.__setattr__(self, "whole", int(size) * (SECOND if self.unit.in_hours else 1))
        object.__setattr__(self, "in_hours", self.unit.in_hours)

    @staticmethod
    def parse(text: str) -> "Span | SpanRange":
        """Read "5 working days", "5个工作日", or a range of target and limit, "8 to 16 working hours"."""
        found = _SPAN.fullmatch(unicodedata.normalize("NFKC", text).strip())
        if found is None:
            raise SpanError(f'"{text}" is no span of time; write a number and a unit, like 5 working days')
        unit_text = found["unit"].strip()
        if not unit_text:
            raise SpanError(f'"{text}" has no unit; write for example {found["target"]} working days')
        unit = Unit.parse(unit_text)
        first = Span(_decimal(found["target"]), unit)
        return first if found["limit"] is None else SpanRange(first, Span(_decimal(found["limit"]), unit))

    def label(self, lang: Lang) -> str:
        """The span in words: "5个工作日", "5 working days"."""
        return self.unit.amount_text(_plain(self.amount), lang=lang, singular=self.amount == 1)

    def __str__(self) -> str:
        return self.label("en")


@dataclass(frozen=True, slots=True)
class SpanRange:
    """A target that we set ourselves and the limit that binds, in the same unit."""

    target: Span
    limit: Span

    def __post_init__(self) -> None:
        if self.target.amount >= self.limit.amount:
            raise SpanError(
                f'"{self.label("en")}" does not rise from target to limit; write the smaller number first'
            )

    def label(self, lang: Lang) -> str:
        """The range in words: "8至16个工作小时", "8 to 16 working hours"."""
        joint = "至" if lang == "zh" else " to "
        return f"{_plain(self.target.amount)}{joint}{self.limit.label(lang)}"

    def __str__(self) -> str:
        return self.label("en")


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise SpanError(f'"{text}" is no number; write digits, like 5 or 1.5') from None


def _plain(amount: Decimal) -> str:
    return f"{amount:f}".rstrip("0").rstrip(".") if "." in f"{amount:f}" else f"{amount:f}"
