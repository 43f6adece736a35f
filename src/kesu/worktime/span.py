"""Spans of time as a procedure writes them: an amount and a unit, or a target and a limit."""

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from kesu.reading.strict import advice
from kesu.reading.text import Lang, Text
from kesu.worktime.fault import Fault
from kesu.worktime.local_time import SECOND


class SpanError(Fault):
    """A text that is no span of time."""


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
        """The unit of that name: English, singular or plural, or Chinese. Raises SpanError."""
        word = " ".join(text.casefold().replace("_", " ").split())
        word = word if word.isascii() else word.replace(" ", "")
        unit = _WORDS.get(word)
        if unit is None:
            raise _no_unit(text, word)
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
_WHICH_DAYS = Text("写明是日历日、自然日还是工作日", "say calendar days, natural days or working days")
_WHICH_HOURS = Text("写明是小时（连续计算）还是工作小时", "say clock hours or working hours")
# In one statute 日 means working days and in the next it does not: the bare word never fixes the unit.
_UNCLEAR = dict.fromkeys(("day", "days", "日", "天"), _WHICH_DAYS) | dict.fromkeys(
    ("hour", "hours"), _WHICH_HOURS
)

_NUMBER = r"[0-9]{1,12}(?:\.[0-9]{1,12})?"
_SPAN = re.compile(
    rf"(?P<target>{_NUMBER})\s*(?:(?:to|-|–|—|~|至|到)\s*(?P<limit>{_NUMBER}))?\s*(?P<unit>[^0-9]*)"
)
_FIGURES = {figure: value for value, figure in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100}
_CHINESE_NUMBER = re.compile(f"[{''.join((*_FIGURES, *_TENS))}]+")
_LARGEST = Decimal(1_000_000)


def _plain_words(text: str) -> str:
    """In half width, Chinese numbers in figures, without the word for “within” at the end: 五个工作日内 is 5个工作日."""
    plain = unicodedata.normalize("NFKC", text).strip()
    for within in ("之内", "以内", "内"):
        plain = plain.removesuffix(within).rstrip()
    return _CHINESE_NUMBER.sub(_in_figures, plain)


def _in_figures(number: re.Match[str]) -> str:
    """A Chinese number below a thousand; what is none stays as it is written."""
    total = figure = 0
    size = 1000
    for sign in number.group():
        if sign in _FIGURES:
            if figure:
                return number.group()
            figure = _FIGURES[sign]
        elif _TENS[sign] >= size:
            return number.group()
        else:
            size = _TENS[sign]
            total, figure = total + (figure or 1) * size, 0
    return str(total + figure)


def _no_unit(text: str, word: str) -> SpanError:
    if word in _UNCLEAR:
        return SpanError(Text(f"“{text}”有几种算法", f"“{text}” can mean several units"), _UNCLEAR[word])
    word = word.removeprefix("个")
    chinese = [one for one in _WORDS if not one.isascii() and not one.startswith("个")]
    units = [unit.value for unit in Unit] if word.isascii() else chinese
    return SpanError(Text(f"没有“{text}”这个时间单位", f"“{text}” is no unit of time"), advice(word, units))


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
            raise SpanError(
                Text(f"{self.label('zh')}无法计算", f"{self} cannot be counted"),
                Text(f"数量须大于0，不超过{_LARGEST:,}", f"give an amount over 0 and up to {_LARGEST:,}"),
            )
        if size != size.to_integral_value():
            whole, hours = Text("写整数", "give a whole number"), Text("精确到秒即可", "give whole seconds")
            raise SpanError(
                Text(
                    f"{self.label('zh')}无法计算：小数不合适",
                    f"{self} cannot be counted: not with this fraction",
                ),
                hours if self.unit.in_hours else whole,
            )
        object.__setattr__(self, "whole", int(size) * (SECOND if self.unit.in_hours else 1))
        object.__setattr__(self, "in_hours", self.unit.in_hours)

    @staticmethod
    def parse(text: str) -> "Span | SpanRange":
        """Read "5 working days", "5个工作日", or a range of target and limit, "8 to 16 working hours". Raises SpanError."""
        parts = _SPAN.fullmatch(_plain_words(text))
        if parts is None:
            raise SpanError(
                Text(f"“{text}”不是期限", f"“{text}” is no span of time"),
                Text("写数字加单位，如 5个工作日", "write a number and a unit, like 5 working days"),
            )
        unit_text = parts["unit"].strip()
        if not unit_text:
            amount = parts["target"]
            raise SpanError(
                Text(f"“{text}”没有单位", f"“{text}” has no unit"),
                Text(f"例如写 {amount}个工作日", f"write for example {amount} working days"),
            )
        unit = Unit.parse(unit_text)
        first = Span(Decimal(parts["target"]), unit)
        return first if parts["limit"] is None else SpanRange(first, Span(Decimal(parts["limit"]), unit))

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
                Text(f"“{self.label('zh')}”的目标不小于期限", f"“{self}” does not rise from target to limit"),
                Text("先写较小的数", "write the smaller number first"),
            )

    def label(self, lang: Lang) -> str:
        """The range in words: "8至16个工作小时", "8 to 16 working hours"."""
        joint = "至" if lang == "zh" else " to "
        return f"{_plain(self.target.amount)}{joint}{self.limit.label(lang)}"

    def __str__(self) -> str:
        return self.label("en")


def _plain(amount: Decimal) -> str:
    return f"{amount:f}".rstrip("0").rstrip(".") if "." in f"{amount:f}" else f"{amount:f}"
