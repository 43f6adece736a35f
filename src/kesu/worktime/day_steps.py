"""The steps of an explanation that counts days, weeks, months and years."""

import datetime as dt
from dataclasses import dataclass

from kesu.reading.text import Text
from kesu.worktime.span import Span, Unit
from kesu.worktime.wording import en_date, en_days, zh_date, zh_days


@dataclass(frozen=True, slots=True)
class DaysCounted:
    """A stretch of days of one kind that count, with their running numbers."""

    first: dt.date
    last: dt.date
    label: Text
    rest: bool
    number: int
    unit: Unit

    @property
    def zh(self) -> str:
        """The line in Chinese."""
        label = f"{self.label.zh}，" if self.label.zh else ""
        word = "个工作日" if self.unit is Unit.WORKING_DAYS else "天"
        end = self.number + (self.last - self.first).days
        numbers = f"第{self.number}{word}" if end == self.number else f"第{self.number}至第{end}{word}"
        return f"{zh_days(self.first, self.last)}：{label}{'照计，' if self.rest else ''}{numbers}。"

    @property
    def en(self) -> str:
        """The line in English."""
        label = f"{self.label.en}, " if self.label.en else ""
        word = "working day" if self.unit is Unit.WORKING_DAYS else "day"
        end = self.number + (self.last - self.first).days
        numbers = f"{word} {end}" if end == self.number else f"{word}s {self.number} to {end}"
        rest = "counted all the same, " if self.rest else ""
        return f"{en_days(self.first, self.last)}: {label}{rest}{numbers}."


@dataclass(frozen=True, slots=True)
class DaysSkipped:
    """A stretch of days of one kind that do not count."""

    first: dt.date
    last: dt.date
    label: Text

    @property
    def zh(self) -> str:
        """The line in Chinese."""
        return f"{zh_days(self.first, self.last)}：{self.label.zh}，不计{_zh_many(self.first, self.last)}。"

    @property
    def en(self) -> str:
        """The line in English."""
        many = _en_many(self.first, self.last)
        return f"{en_days(self.first, self.last)}: {self.label.en}, not counted{many}."


@dataclass(frozen=True, slots=True)
class Corresponding:
    """Weeks, months and years end on the corresponding day; `wanted` is that day where it does not exist."""

    span: Span
    day: dt.date
    wanted: tuple[int, int, int] | None
    first_day: bool

    @property
    def zh(self) -> str:
        """The line in Chinese."""
        span = self.span.label("zh")
        if self.wanted is not None:
            year, month, day = self.wanted
            wanted = f"{year}年{month}月{day}日"
            return f"满{span}的对应日为{wanted}，当月无此日，以月末{zh_date(self.day)}为最后一日。"
        which = "对应日的前一日" if self.first_day else "对应日"
        return f"满{span}的{which}{zh_date(self.day)}为最后一日。"

    @property
    def en(self) -> str:
        """The line in English."""
        span = f"{self.span.label('en')} {'ends' if self.span.whole == 1 else 'end'}"
        if self.wanted is not None:
            year, month, day = self.wanted
            wanted = f"{year}-{month:02d}-{day:02d}"
            return f"{span} on {wanted}, which does not exist: the month's end, {en_date(self.day)}."
        which = "the day before the corresponding one" if self.first_day else "the corresponding day"
        return f"{span} on {which}, {en_date(self.day)}."


@dataclass(frozen=True, slots=True)
class Extended:
    """The paused days, added at the end of weeks, months or years."""

    days: int
    last: dt.date

    @property
    def zh(self) -> str:
        """The line in Chinese."""
        return f"补足暂停的{self.days}天，最后一日延至{zh_date(self.last)}。"

    @property
    def en(self) -> str:
        """The line in English."""
        days = "1 paused day is" if self.days == 1 else f"{self.days} paused days are"
        return f"The {days} added: the last day is {en_date(self.last)}."


@dataclass(frozen=True, slots=True)
class Rolled:
    """A stretch of rest days over which the last day moves."""

    first: dt.date
    last: dt.date
    label: Text
    backward: bool

    @property
    def zh(self) -> str:
        """The line in Chinese."""
        how = "提前" if self.backward else "顺延"
        return f"{zh_days(self.first, self.last)}：{self.label.zh}，最后一日{how}。"

    @property
    def en(self) -> str:
        """The line in English."""
        how = "back" if self.backward else "on"
        return f"{en_days(self.first, self.last)}: {self.label.en}, the last day moves {how}."


@dataclass(frozen=True, slots=True)
class Stayed:
    """A last day that is special in some way and yet does not move."""

    day: dt.date
    label: Text
    backward: bool
    floored: bool

    @property
    def zh(self) -> str:
        """The line in Chinese."""
        floored = "再提前即早于起算的第一天，" if self.floored else ""
        how = "提前" if self.backward else "顺延"
        return f"最后一日{zh_date(self.day)}：{self.label.zh}，{floored}不{how}。"

    @property
    def en(self) -> str:
        """The line in English."""
        floored = " before the first counted day" if self.floored else ""
        how = "back" if self.backward else "on"
        return f"Last day {en_date(self.day)}: {self.label.en}, does not move {how}{floored}."


def _zh_many(first: dt.date, last: dt.date) -> str:
    days = (last - first).days + 1
    return f"（{days}天）" if days > 1 else ""


def _en_many(first: dt.date, last: dt.date) -> str:
    days = (last - first).days + 1
    return f" ({days} days)" if days > 1 else ""
