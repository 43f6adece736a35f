"""Periods of the calendar: days, weeks that begin on a weekday, months, quarters, years; where each begins, and what is due in it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kesu.reading.text import Text
from kesu.worktime.due import Policy, Roll
from kesu.worktime.span import Span, Unit

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ZH_WEEKDAYS: Final = "一二三四五六日"
FIRST_WORKING_DAY: Final = "first working day"
PERIODS: Final = "day · week · week, Monday · month · month, first working day · quarter · at least 4 a year"
ROLLS: Final = (Roll.NONE.value, Roll.FORWARD.value)
UNITS: Final = ("day", "week", "month", "quarter", "year")
TIMES: Final = re.compile(r"at least ([1-9]\d{0,2}) a year")
MOST_TIMES: Final = 366
DAY: Final = dt.timedelta(days=1)
WHOLE: Final = {
    "month": Span(Decimal(1), Unit.MONTHS),
    "quarter": Span(Decimal(3), Unit.MONTHS),
    "year": Span(Decimal(1), Unit.YEARS),
}
ONE_WORKING_DAY: Final = Span(Decimal(1), Unit.WORKING_DAYS)


@dataclass(frozen=True, slots=True)
class Period:
    """How often: `unit` is day, week, month, quarter or year; `on` the day on which it is due, empty for the last one.

    A week begins on the weekday that `on` names and is due on that day; `times` is how often in each period.
    """

    unit: str
    on: str = ""
    times: int = 1
    roll: Roll = Roll.NONE

    @property
    def running_counts(self) -> bool:
        """Whether the period that runs when a rule begins to speak is the first one, and not the next to begin."""
        return self.unit == "year"

    def first_of(self, day: dt.date) -> dt.date:
        """The first day of the period in which `day` lies."""
        match self.unit:
            case "day":
                return day
            case "week":
                begins = WEEKDAYS.index(self.on or WEEKDAYS[0])
                return day - DAY * ((day.weekday() - begins) % 7)
            case "month":
                return day.replace(day=1)
            case "quarter":
                return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
            case _:
                return day.replace(month=1, day=1)

    def after(self, day: dt.date) -> dt.date:
        """The first day of the period after the one in which `day` lies."""
        length = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}[self.unit]
        first = self.first_of(day)
        return self.first_of(first + DAY * length)

    def last_of(self, day: dt.date) -> dt.date:
        """The last day of the period in which `day` lies."""
        return self.after(day) - DAY

    def label(self, day: dt.date) -> str:
        """How the period is called in which `day` lies: 2026-03-02, 2026-W10, 2026-03, 2026-Q1, 2026."""
        first = self.first_of(day)
        match self.unit:
            case "week" if self.on in ("", WEEKDAYS[0]):
                return f"{first:%G-W%V}"
            case "month":
                return f"{first:%Y-%m}"
            case "quarter":
                return f"{first:%Y}-Q{(first.month + 2) // 3}"
            case "year":
                return f"{first:%Y}"
        return first.isoformat()

    def span(self, first: dt.date) -> tuple[Span, Policy]:
        """How long there is for it in the period of which `first` is the first day that counts, itself included."""
        if self.on == FIRST_WORKING_DAY:
            return ONE_WORKING_DAY, Policy(first_day=True)
        if not self.on and self.unit in WHOLE and first == self.first_of(first):
            span = WHOLE[self.unit]  # explained by its last day, not day by day
        else:
            span = Span(Decimal(1 if self.on else (self.last_of(first) - first).days + 1), Unit.NATURAL_DAYS)
        return span, Policy(roll=self.roll, first_day=True)

    @property
    def title(self) -> Text:
        """As people say it: 每周一, every Monday."""
        match self.unit, self.on:
            case "week", "":
                return Text("每周", "every week")
            case "week", weekday:
                return Text(f"每周{ZH_WEEKDAYS[WEEKDAYS.index(weekday)]}", f"every {weekday}")
            case "year", _:
                en = "once" if self.times == 1 else f"{self.times} times"
                return Text(f"每年至少 {self.times} 次", f"at least {en} a year")
            case unit, "":
                return Text({"day": "每天", "month": "每月", "quarter": "每季度"}[unit], f"every {unit}")
        zh = {"month": "每月", "quarter": "每季度"}[self.unit]
        return Text(f"{zh}第一个工作日", f"on the first working day of every {self.unit}")


def period_of(text: str) -> Period | None:
    """`day`, `week`, `week, Monday`, `month`, `month, first working day`, `quarter…`, `at least 4 a year`; None for another text."""
    times = TIMES.fullmatch(text)
    if times is not None:
        return Period("year", times=int(times[1])) if int(times[1]) <= MOST_TIMES else None
    unit, _, on = text.partition(", ")
    allowed = {
        "day": ("",),
        "week": ("", *WEEKDAYS),
        "month": ("", FIRST_WORKING_DAY),
        "quarter": ("", FIRST_WORKING_DAY),
    }
    return Period(unit, on) if on in allowed.get(unit, ()) else None


def meant_as_period(text: str) -> bool:
    """Whether a text that is no period was meant as one, so that it is not taken for a span of time."""
    return text.startswith(("at least", *UNITS))
