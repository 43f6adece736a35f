"""The steps of an explanation, each with its sentence in Chinese and in English."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from kesu.worktime.said import Name
from kesu.worktime.span import Span, Unit
from kesu.worktime.wording import clock, en_amount, en_date, en_days, zh_amount, zh_date, zh_days


class Step(Protocol):
    """One line of an explanation."""

    @property
    def zh(self) -> str:
        """The line in Chinese."""

    @property
    def en(self) -> str:
        """The line in English."""


@dataclass(frozen=True, slots=True)
class Began:
    """From when is counted."""

    moment: dt.datetime
    unit: Unit
    first_day: bool

    @property
    def zh(self) -> str:
        """The line in Chinese."""
        day = zh_date(self.moment.date())
        match self.unit:
            case Unit.CLOCK_HOURS:
                return f"自{day}{clock(self.moment)}起连续计算，夜间、周末和节假日照计。"
            case Unit.WORKING_HOURS:
                return f"自{day}{clock(self.moment)}起计算，只计上班时间。"
        return f"自{day}起算，当日{'' if self.first_day else '不'}计入。"

    @property
    def en(self) -> str:
        """The line in English."""
        day = en_date(self.moment.date())
        match self.unit:
            case Unit.CLOCK_HOURS:
                return f"Runs on from {day} {clock(self.moment)}; nights, weekends and holidays count."
            case Unit.WORKING_HOURS:
                return f"Runs from {day} {clock(self.moment)} in working time only."
        return f"Counted from {day}; that day itself {'counts' if self.first_day else 'does not count'}."


@dataclass(frozen=True, slots=True)
class DeemedReceived:
    """Receipt on a day that is not worked, deemed to be on the next that is."""

    start: dt.date
    label: Name
    received: dt.date

    @property
    def zh(self) -> str:
        """The line in Chinese."""
        return f"{zh_date(self.start)}：{self.label.zh}，视为在下一工作日{zh_date(self.received)}收到。"

    @property
    def en(self) -> str:
        """The line in English."""
        received = en_date(self.received)
        return f"{en_date(self.start)}: {self.label.en}, deemed received on the next working day, {received}."


@dataclass(frozen=True, slots=True)
class DaysCounted:
    """A stretch of days of one kind that count, with their running numbers."""

    first: dt.date
    last: dt.date
    label: Name
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
    label: Name

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
class HoursCounted:
    """A day, or a stretch of days alike, with the pieces of it that count; `each` and `total` are ticks."""

    first: dt.date
    last: dt.date
    pieces: tuple[str, ...]
    label: Name
    each: int
    total: int

    @property
    def zh(self) -> str:
        """The line in Chinese."""
        label = f"{self.label.zh}，" if self.label.zh else ""
        many = "" if self.first == self.last else "每天"
        amounts = f"{many}计{zh_amount(self.each)}，累计{zh_amount(self.total)}"
        return f"{zh_days(self.first, self.last)}{'、'.join(self.pieces)}：{label}{amounts}。"

    @property
    def en(self) -> str:
        """The line in English."""
        label = f"{self.label.en}, " if self.label.en else ""
        many = "" if self.first == self.last else " a day"
        amounts = f"{en_amount(self.each)}{many}, {en_amount(self.total)} in all"
        return f"{en_days(self.first, self.last)} {', '.join(self.pieces)}: {label}{amounts}."


@dataclass(frozen=True, slots=True)
class HoursPaused:
    """A pause with a beginning and an end in local time."""

    start: dt.datetime
    end: dt.datetime
    reason: str

    @property
    def zh(self) -> str:
        """The line in Chinese."""
        start, end = (f"{zh_date(moment.date())}{clock(moment)}" for moment in (self.start, self.end))
        return f"{start}至{end}：暂停计时（{self.reason}），不计。"

    @property
    def en(self) -> str:
        """The line in English."""
        start, end = (f"{en_date(moment.date())} {clock(moment)}" for moment in (self.start, self.end))
        return f"{start} to {end}: paused ({self.reason}), not counted."


@dataclass(frozen=True, slots=True)
class StillPaused:
    """A pause that has no end yet, and what is left of the span."""

    start: dt.datetime
    in_hours: bool
    reason: str
    left: Name

    @property
    def zh(self) -> str:
        """The line in Chinese."""
        since = zh_date(self.start.date()) + (clock(self.start) if self.in_hours else "")
        return f"{since}起：暂停计时（{self.reason}），尚未恢复，剩余{self.left.zh}。"

    @property
    def en(self) -> str:
        """The line in English."""
        since = en_date(self.start.date()) + (f" {clock(self.start)}" if self.in_hours else "")
        return f"From {since} on: paused ({self.reason}) with no end yet, {self.left.en} left."


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
    label: Name
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
    label: Name
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


@dataclass(frozen=True, slots=True)
class Ended:
    """When it is due. `time` is the time of day, 24:00 for the end of the day."""

    day: dt.date
    time: str
    provisional: bool
    earliest: bool

    @property
    def zh(self) -> str:
        """The line in Chinese."""
        what = "最早到期" if self.earliest else "暂定到期" if self.provisional else "到期"
        return f"{what}：{zh_date(self.day)}{self.time}。"

    @property
    def en(self) -> str:
        """The line in English."""
        what = "Due at the earliest" if self.earliest else "Due, provisionally" if self.provisional else "Due"
        return f"{what}: {en_date(self.day)} {self.time}."


def _zh_many(first: dt.date, last: dt.date) -> str:
    days = (last - first).days + 1
    return f"（{days}天）" if days > 1 else ""


def _en_many(first: dt.date, last: dt.date) -> str:
    days = (last - first).days + 1
    return f" ({days} days)" if days > 1 else ""
