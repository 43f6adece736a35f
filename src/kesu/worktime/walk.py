"""The walk behind an explanation: day by day once more, independent of the tables, joined into stretches."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kesu.reading.text import NO_TEXT, Text
from kesu.worktime.counting import corresponding_day, rests, wanted_day
from kesu.worktime.day import Day
from kesu.worktime.day_steps import Corresponding, DaysCounted, DaysSkipped, Extended, Rolled, Stayed
from kesu.worktime.local_time import DAY
from kesu.worktime.pause import Stretch, stretches_of_days
from kesu.worktime.policy import Roll
from kesu.worktime.reckoning import Reckoning
from kesu.worktime.span import Unit
from kesu.worktime.steps import Began, DeemedReceived, Ended, Step, StillPaused
from kesu.worktime.walk_hours import hour_steps
from kesu.worktime.wording import clock

_BY_DATE = (Unit.WEEKS, Unit.MONTHS, Unit.YEARS)


def steps_of(reckoning: Reckoning, *, provisional: bool) -> tuple[Step, ...]:
    """Every step of `reckoning`, from its start to its end."""
    steps: list[Step] = []
    start, received = reckoning.start, reckoning.received
    if received != start:
        label = reckoning.calendar.day(start.date()).label
        steps.append(DeemedReceived(start.date(), label, received.date()))
    steps.append(Began(received, reckoning.span.unit, reckoning.policy.first_day))
    if reckoning.span.in_hours:
        steps.extend(hour_steps(reckoning))
    elif reckoning.span.unit in _BY_DATE:
        steps.extend(_date_steps(reckoning))
    else:
        steps.extend(_day_steps(reckoning))
    moved = reckoning.date != reckoning.last
    if moved or reckoning.waits_for is None:
        steps.extend(_roll_steps(reckoning))
    if moved and reckoning.waits_for is not None:
        steps.append(_still_paused(reckoning, reckoning.waits_for, 0))
    steps.append(_ended(reckoning, provisional))
    return tuple(steps)


def _ended(reckoning: Reckoning, provisional: bool) -> Ended:
    at = reckoning.at
    time = clock(at) if at.date() == reckoning.date else "24:00"
    return Ended(reckoning.date, time, provisional, reckoning.waits_for is not None)


class _DayCounted(NamedTuple):
    """One day of the walk: whether it counts, why not, and what it is called."""

    day: dt.date
    counts: bool
    rest: bool
    label: Text


def _day_steps(reckoning: Reckoning) -> Iterator[Step]:
    """Working, calendar and natural days: each day counted, skipped or paused."""
    number = 0
    for first, last, stretch in _stretches(_counted_days(reckoning)):
        if stretch.counts:
            yield DaysCounted(first, last, stretch.label, stretch.rest, number + 1, reckoning.span.unit)
            number += (last - first).days + 1
        else:
            yield DaysSkipped(first, last, stretch.label)
    if reckoning.waits_for is not None and reckoning.date == reckoning.last:
        yield _still_paused(reckoning, reckoning.waits_for, reckoning.span.whole - number)


def _counted_days(reckoning: Reckoning) -> Iterator[_DayCounted]:
    working = reckoning.span.unit is Unit.WORKING_DAYS
    paused = stretches_of_days(reckoning.pauses, reckoning.calendar.zone_info)
    for day in _until_the_end(reckoning):
        kind_of_day = reckoning.calendar.day(day)
        stretch = _pause_on(day, paused)
        if stretch is not None:
            yield _DayCounted(day, False, False, _paused_label(stretch))
        else:
            yield _DayCounted(
                day,
                kind_of_day.works or not working,
                not working and not kind_of_day.works,
                kind_of_day.label,
            )


def _until_the_end(reckoning: Reckoning) -> Iterator[dt.date]:
    day, last = reckoning.base + DAY, reckoning.last
    if reckoning.waits_for is not None:
        last = dt.date.fromordinal(reckoning.waits_for.after)
    while day <= last:
        yield day
        day += DAY


def _stretches(days: Iterable[_DayCounted]) -> Iterator[tuple[dt.date, dt.date, _DayCounted]]:
    """Neighbouring days that differ in nothing but their date, as first, last and one of them."""
    first: _DayCounted | None = None
    last: _DayCounted | None = None
    for day in days:
        if first is None or last is None or first[1:] != day[1:]:
            if first is not None and last is not None:
                yield first.day, last.day, first
            first = day
        last = day
    if first is not None and last is not None:
        yield first.day, last.day, first


def _date_steps(reckoning: Reckoning) -> Iterator[Step]:
    """Weeks, months and years: the corresponding day, and the paused days added to it."""
    span, received, first_day = reckoning.span, reckoning.received.date(), reckoning.policy.first_day
    wanted = None
    if span.unit is Unit.WEEKS:
        end = received + 7 * span.whole * DAY
    else:
        end = corresponding_day(received, span)
        wanted = wanted_day(received, span) if end.day != received.day else None
    last = end - DAY if first_day and wanted is None else end
    yield Corresponding(span, last, wanted, first_day)
    paused = 0
    for first, until, seen in _stretches(_counted_days(reckoning)):
        if not seen.counts:
            yield DaysSkipped(first, until, seen.label)
            paused += (until - first).days + 1
    if reckoning.waits_for is not None and reckoning.date == reckoning.last:
        stopped = dt.date.fromordinal(reckoning.waits_for.after)
        yield _still_paused(
            reckoning, reckoning.waits_for, (last - max(stopped, reckoning.base)).days + paused
        )
    elif paused:
        yield Extended(paused, reckoning.last)


def _still_paused(reckoning: Reckoning, pause: Stretch, left: int) -> StillPaused:
    start = max(dt.date.fromordinal(pause.after + 1), reckoning.base + DAY)
    unit = Unit.CALENDAR_DAYS if reckoning.span.unit in _BY_DATE else reckoning.span.unit
    zh = unit.amount_text(str(left), lang="zh")
    words = Text(zh, unit.amount_text(str(left), lang="en", singular=left == 1)) if left else NO_TEXT
    midnight = dt.datetime.combine(start, dt.time(), reckoning.calendar.zone_info)
    return StillPaused(midnight, False, pause.reason, words)


def _roll_steps(reckoning: Reckoning) -> Iterator[Step]:
    """The days over which the last day moved, or why it stays although it is a special one."""
    calendar, last, due = reckoning.calendar, reckoning.last, reckoning.date
    last_day = calendar.day(last)
    if due == last:
        never = reckoning.span.unit in (Unit.WORKING_DAYS, Unit.WORKING_HOURS, Unit.CLOCK_HOURS)
        if last_day.label != NO_TEXT and not never:
            backward = reckoning.policy.roll is Roll.BACKWARD
            floored = backward and rests(calendar, last, reckoning.policy.roll_on)
            yield Stayed(last, last_day.label, backward, floored)
        return
    backward = due < last
    step = -DAY if backward else DAY
    passed = [last + n * step for n in range(abs((due - last).days))]
    paused = stretches_of_days(reckoning.pauses, calendar.zone_info)
    days = (_rolled_over(calendar.day(day), _pause_on(day, paused)) for day in passed)
    for first, until, stretch in _stretches(days):
        if stretch.counts:
            yield Rolled(min(first, until), max(first, until), stretch.label, backward)
        else:
            yield DaysSkipped(first, until, stretch.label)


def _rolled_over(day: Day, pause: Stretch | None) -> _DayCounted:
    if day.is_rest or pause is None:
        return _DayCounted(day.date, True, False, day.label)
    return _DayCounted(day.date, False, False, _paused_label(pause))


def _paused_label(pause: Stretch) -> Text:
    return Text(f"暂停计时（{pause.reason}）", f"paused ({pause.reason})")


def _pause_on(day: dt.date, paused: Iterable[Stretch]) -> Stretch | None:
    ordinal = day.toordinal()
    for pause in paused:
        if pause.after < ordinal and (pause.until is None or ordinal <= pause.until):
            return pause
    return None
