"""One reckoning of a due date: what went in, and what came out before anything is explained."""

import datetime as dt
from collections.abc import Sequence

from kesu.reading.text import Text
from kesu.worktime.calendar import Calendar
from kesu.worktime.counting import End, days_of, rolled, run_out, track_for
from kesu.worktime.fault import Fault
from kesu.worktime.local_time import DAY, local_moment, tick_at
from kesu.worktime.pause import Pause, Stretch, stretches_of_days, stretches_of_time
from kesu.worktime.policy import Cutoff, Deemed, Policy, Roll
from kesu.worktime.span import Span, Unit
from kesu.worktime.table import FIRST_YEAR, LAST_YEAR

# Looked up once: a member of an enumeration costs a call each time it is asked for by name.
_NEXT, _WORKING_HOURS = Deemed.NEXT, Unit.WORKING_HOURS


class StartError(Fault):
    """A start that cannot be counted from."""


class Reckoning:
    """The facts of a due date.

    `received`: the local moment from which is counted (later than `start` when receipt is deemed later).
    `last`: the last counted day, and (hours) `ended`: the tick that ends the count, both before a roll.
    `date`: the local date of the last day. `at`: the moment when it is over; for units of days that is
    midnight, the exclusive end, which has the date of the day after.
    `waits_for`: the pause without an end during which `date` and `at` are only the earliest possible ones.
    """

    waits_for: Stretch | None = None

    def __init__(
        self, calendar: Calendar, start: dt.datetime, span: Span, policy: Policy, pauses: Sequence[Pause]
    ) -> None:
        if start.tzinfo is None:
            raise StartError(
                Text(f"起算时间 {start} 没有时区", f"the start {start} has no time zone"),
                Text("补上时区，如日历的时区", "give it one, for example that of the calendar"),
            )
        if not FIRST_YEAR < start.year < LAST_YEAR:
            raise StartError(
                Text(
                    f"起算时间 {start:%Y-%m-%d} 超出可计算的范围（{FIRST_YEAR}年至{LAST_YEAR}年）",
                    f"the start {start:%Y-%m-%d} lies outside the years {FIRST_YEAR} to {LAST_YEAR}",
                ),
                Text("核对日期", "look at the date"),
            )
        self.calendar = calendar
        self.span = span
        self.policy = policy
        self.pauses = tuple(pauses)
        self.start = self.received = start.astimezone(calendar.zone_info)
        if policy.deemed is _NEXT:
            self.received = _deemed(calendar, self.start)
        if span.unit is _WORKING_HOURS:
            self._count_working_hours()
        elif span.in_hours:
            self._count_clock_hours()
        else:
            self._count_days()

    @property
    def base(self) -> dt.date:
        """The day after which days are counted: that of receipt, or the one before when it counts itself."""
        received = self.received.date()
        return received - DAY if self.policy.first_day else received

    def _count_working_hours(self) -> None:
        calendar = self.calendar
        tick = calendar.table.tick(self.received)
        tick = self._run_out_of_hours(tick) if self.pauses else calendar.table.advance(tick, self.span.whole)
        self.ended = tick
        self.at = at = local_moment(tick, calendar.zone_info)
        # Closing time may be 24:00; the day that worked until then is the last one.
        last = at if at.hour else local_moment(tick - 1, calendar.zone_info)
        self.date = self.last = last.date()

    def _count_clock_hours(self) -> None:
        self.ended = self._run_out_of_hours(self.calendar.table.tick(self.received))
        self.at = local_moment(self.ended, self.calendar.zone_info)
        self.date = self.last = self.at.date()
        if self.policy.roll is not Roll.NONE and self.waits_for is None:
            self._roll_hours()

    def _run_out_of_hours(self, tick: int) -> int:
        end, self.waits_for = run_out(
            start=tick,
            amount=self.span.whole,
            pauses=stretches_of_time(self.pauses),
            track=track_for(self.span.unit, self.calendar),
        )
        return end

    def _roll_hours(self) -> None:
        self._roll(self.received.date() + DAY, ())
        if self.date != self.last:
            shifts = self.calendar.day(self.date).shifts
            if self.policy.roll is Roll.FORWARD:
                minutes = shifts[0].opens if shifts else 0
            else:
                minutes = shifts[-1].closes if shifts else 1440
            zone = self.calendar.zone_info
            self.at = local_moment(tick_at(self.date, minutes, zone), zone)

    def _count_days(self) -> None:
        calendar, base = self.calendar, self.base
        pauses = stretches_of_days(self.pauses, calendar.zone_info) if self.pauses else []
        end: End = run_out(
            start=base.toordinal(),
            amount=days_of(self.span, received=self.received.date(), first_day=self.policy.first_day),
            pauses=pauses,
            track=track_for(self.span.unit, calendar),
        )
        self.waits_for = end.waits_for
        self.date = self.last = dt.date.fromordinal(end.position)
        if self.policy.roll is not Roll.NONE and self.waits_for is None:
            self._roll(base + DAY, pauses)
        minutes = 1440
        if self.policy.cutoff is Cutoff.CLOSE:
            shifts = calendar.day(self.date).shifts
            minutes = shifts[-1].closes if shifts else 1440
        self.at = local_moment(tick_at(self.date, minutes, calendar.zone_info), calendar.zone_info)

    def _roll(self, floor: dt.date, pauses: Sequence[Stretch]) -> None:
        self.date, self.waits_for = rolled(
            calendar=self.calendar,
            last=self.last,
            floor=floor,
            roll=self.policy.roll,
            roll_on=self.policy.roll_on,
            pauses=pauses,
        )


def _deemed(calendar: Calendar, start: dt.datetime) -> dt.datetime:
    """The opening of the next working day when `start` falls on a day that is not worked, else `start`."""
    day = start.date()
    if calendar.day(day).works:
        return start
    ordinal = calendar.table.nth_day(day.toordinal(), 1)
    opening = calendar.day(dt.date.fromordinal(ordinal))
    return local_moment(
        tick_at(opening.date, opening.shifts[0].opens, calendar.zone_info), calendar.zone_info
    )
