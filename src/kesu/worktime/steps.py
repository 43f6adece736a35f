"""The steps of an explanation, each with its sentence in Chinese and in English."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from kesu.reading.text import Text
from kesu.worktime.span import Unit
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
    label: Text
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
class HoursCounted:
    """A day, or a stretch of days alike, with the pieces of it that count; `each` and `total` are ticks."""

    first: dt.date
    last: dt.date
    pieces: tuple[str, ...]
    label: Text
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
    """A pause that has no end yet, and what is left of the span (empty when only the last day waits)."""

    start: dt.datetime
    in_hours: bool
    reason: str
    left: Text

    @property
    def zh(self) -> str:
        """The line in Chinese."""
        since = zh_date(self.start.date()) + (clock(self.start) if self.in_hours else "")
        left = f"，剩余{self.left.zh}" if self.left.zh else ""
        return f"{since}起：暂停计时（{self.reason}），尚未恢复{left}。"

    @property
    def en(self) -> str:
        """The line in English."""
        since = en_date(self.start.date()) + (f" {clock(self.start)}" if self.in_hours else "")
        left = f", {self.left.en} left" if self.left.en else ""
        return f"From {since} on: paused ({self.reason}) with no end yet{left}."


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
