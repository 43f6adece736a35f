"""In time or late, and how late: measured in the unit of the span itself."""

import datetime as dt
from dataclasses import dataclass

from kesu.reading.text import Lang
from kesu.worktime.calendar import Calendar
from kesu.worktime.local_time import HOUR, MINUTE, SECOND, local_moment, tick_of
from kesu.worktime.policy import Cutoff
from kesu.worktime.reckoning import Reckoning
from kesu.worktime.span import Unit
from kesu.worktime.wording import en_amount, zh_amount


@dataclass(frozen=True, slots=True)
class Delay:
    """How late: `amount` whole units for days (0: less than one), ticks for hours.

    Weeks, months and years are late by calendar days.
    """

    amount: int
    unit: Unit

    def label(self, lang: Lang) -> str:
        """The delay in words: "逾期2个工作日", "2 working days late"."""
        if self.unit.in_hours:
            return self._hours(lang)
        amount = self.unit.amount_text(str(self.amount or 1), lang=lang, singular=self.amount <= 1)
        if lang == "zh":
            return f"逾期{amount}" if self.amount else f"逾期不足{amount}"
        return f"{amount} late" if self.amount else f"less than {amount} late"

    def _hours(self, lang: Lang) -> str:
        working = self.unit is Unit.WORKING_HOURS
        if self.amount == 0 and working:
            return "逾期，其后尚无上班时间" if lang == "zh" else "late, with no working time since"
        if self.amount < SECOND:
            return "逾期不足1秒" if lang == "zh" else "less than 1 second late"
        finer = self.amount % MINUTE if self.amount > HOUR else 0  # nobody counts the seconds of hours
        coarse = self.amount - finer
        if lang == "zh":
            return f"逾期{zh_amount(coarse)}{'（上班时间）' if working else ''}"
        return f"{en_amount(coarse)}{' of working time' if working else ''} late"


def in_time(*, due: Reckoning, moment: dt.datetime) -> bool:
    """Whether what happened at `moment` (aware) was in time.

    Hours, and days that end at closing: up to and with that instant. Days that end at midnight: while the
    local date is not after the due date. While a pause has no end nothing is late.
    """
    if due.waits_for is not None:
        return True
    if due.span.in_hours or due.policy.cutoff is Cutoff.CLOSE:
        return moment <= due.at
    return moment < due.at


def delay(*, due: Reckoning, moment: dt.datetime, calendar: Calendar | None = None) -> Delay | None:
    """How late `moment` (aware) was, by `calendar` or that of the due date; None when it was in time."""
    if in_time(due=due, moment=moment):
        return None
    by = due.calendar if calendar is None else calendar
    unit = due.span.unit
    if unit is Unit.CLOCK_HOURS:
        return Delay(tick_of(moment) - tick_of(due.at), unit)
    if unit is Unit.WORKING_HOURS:
        return Delay(by.table.work_between(tick_of(due.at), tick_of(moment)), unit)
    last, day = due.date.toordinal(), local_moment(tick_of(moment), by.zone_info).toordinal()
    if unit is Unit.WORKING_DAYS:
        return Delay(by.table.days_between(last, day), unit)
    return Delay(day - last, unit if unit is Unit.NATURAL_DAYS else Unit.CALENDAR_DAYS)
