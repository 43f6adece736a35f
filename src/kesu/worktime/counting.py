"""Where a span runs out: the same walk over pauses for hours, working days and calendar days."""

import calendar as gregorian
import datetime as dt
from collections.abc import Callable, Sequence
from typing import NamedTuple

from kesu.reading.text import Text
from kesu.worktime.calendar import Calendar
from kesu.worktime.local_time import HOUR
from kesu.worktime.pause import Stretch
from kesu.worktime.policy import Roll, RollOn
from kesu.worktime.span import Span, Unit
from kesu.worktime.table import FIRST_YEAR, HORIZON_YEARS, LAST_YEAR, HorizonError


class End(NamedTuple):
    """The position where a span runs out, and the pause without an end that it waits for, if any.

    While such a pause lasts the position is the earliest possible one: as if it ended when it began.
    """

    position: int
    waits_for: Stretch | None


class Track(NamedTuple):
    """A way of counting positions: `advance(position, amount)` and `between(position, position)`."""

    advance: Callable[[int, int], int]
    between: Callable[[int, int], int]


def track_for(unit: Unit, calendar: Calendar) -> Track:
    """How `unit` counts: hours over ticks, everything else over day ordinals."""
    if unit is Unit.WORKING_HOURS:
        return Track(calendar.table.advance, calendar.table.work_between)
    if unit is Unit.WORKING_DAYS:
        return Track(calendar.table.nth_day, calendar.table.days_between)
    if unit is Unit.CLOCK_HOURS:
        return Track(_clock_advance, _plain_between)
    return Track(_days_advance, _plain_between)


def _clock_advance(position: int, amount: int) -> int:
    if amount > HORIZON_YEARS * 366 * 24 * HOUR:
        raise _too_long()
    return position + amount


def _days_advance(position: int, amount: int) -> int:
    if amount > HORIZON_YEARS * 366:
        raise _too_long()
    return position + amount


def _plain_between(start: int, end: int) -> int:
    return max(0, end - start)


def _too_long() -> HorizonError:
    return HorizonError(
        Text(f"期限超过{HORIZON_YEARS}年", f"the span does not run out within {HORIZON_YEARS} years"),
        Text("缩短期限", "shorten it"),
    )


def run_out(*, start: int, amount: int, pauses: Sequence[Stretch], track: Track) -> End:
    """Count `amount` from `start`, standing still in every pause."""
    position = start
    for pause in pauses:
        if pause.until is not None and pause.until <= position:
            continue
        running = track.between(position, pause.after)
        if running >= amount:
            return End(track.advance(position, amount), None)
        amount -= running
        if pause.until is None:
            return End(track.advance(max(position, pause.after), amount), pause)
        position = pause.until
    return End(track.advance(position, amount), None)


def days_of(span: Span, *, received: dt.date, first_day: bool) -> int:
    """What is counted for a span in days and longer: working days, or calendar days.

    When the day of receipt counts, months end on the day before the corresponding one; where the month has
    no such day they end on its last day either way.
    """
    if span.unit is Unit.WEEKS:
        return 7 * span.whole
    if span.unit in (Unit.MONTHS, Unit.YEARS):
        end = corresponding_day(received, span)
        return (end - received).days + (first_day and end.day != received.day)
    return span.whole


def wanted_day(first: dt.date, span: Span) -> tuple[int, int, int]:
    """Year, month and day that correspond to `first` when `span` (months or years) has passed."""
    months = span.whole * (12 if span.unit is Unit.YEARS else 1) + first.month - 1
    return first.year + months // 12, months % 12 + 1, first.day


def corresponding_day(first: dt.date, span: Span) -> dt.date:
    """That day, or the last one of its month where the month is shorter. Raises HorizonError."""
    year, month, day = wanted_day(first, span)
    if year > first.year + HORIZON_YEARS:
        raise _too_long()
    return dt.date(year, month, min(day, gregorian.monthrange(year, month)[1]))


def rests(calendar: Calendar, day: dt.date, roll_on: RollOn) -> bool:
    """Whether a last day on `day` rolls."""
    found = calendar.day(day)
    return found.is_festival if roll_on is RollOn.FESTIVAL_DAYS else found.is_rest


def rolled(
    *,
    calendar: Calendar,
    last: dt.date,
    floor: dt.date,
    roll: Roll,
    roll_on: RollOn,
    pauses: Sequence[Stretch],
) -> tuple[dt.date, Stretch | None]:
    """Where a last day goes: on to the next day that is no rest day, or back to the one before.

    Backward never before `floor`, the first counted day: then the last day stays. Forward also over paused
    days; a pause without an end is handed back. Raises HorizonError.
    """
    step = dt.timedelta(days=-1 if roll is Roll.BACKWARD else 1)
    day = last
    while roll is not Roll.NONE and rests(calendar, day, roll_on):
        day += step
        if roll is Roll.BACKWARD and day < floor:
            return last, None
        if roll is Roll.FORWARD:
            pause = _pause_on(day, pauses)
            if pause is not None and pause.until is None:
                return day, pause
            day = day if pause is None or pause.until is None else dt.date.fromordinal(pause.until + 1)
        if not FIRST_YEAR <= day.year <= min(last.year + HORIZON_YEARS, LAST_YEAR):
            raise HorizonError(
                Text(f"{last} 前后找不到可以顺延到的日子", f"there is no day to which {last} could move"),
                Text("核对日历的节假日", "look at the holidays of the calendar"),
            )
    return day, None


def _pause_on(day: dt.date, pauses: Sequence[Stretch]) -> Stretch | None:
    ordinal = day.toordinal()
    for pause in pauses:
        if pause.after < ordinal and (pause.until is None or ordinal <= pause.until):
            return pause
    return None
