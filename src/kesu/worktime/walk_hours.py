"""The walk behind the explanation of hours: which pieces of each day count, and how much they come to."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from kesu.reading.text import NO_TEXT, Text
from kesu.worktime.calendar import Calendar
from kesu.worktime.day_steps import DaysSkipped
from kesu.worktime.local_time import DAY, local_moment, tick_at, tick_of
from kesu.worktime.pause import Stretch, stretches_of_time
from kesu.worktime.reckoning import Reckoning
from kesu.worktime.shifts import Shift
from kesu.worktime.span import Unit
from kesu.worktime.steps import HoursCounted, HoursPaused, Step, StillPaused
from kesu.worktime.wording import clock, en_amount, zh_amount

_ALL_DAY = (Shift(0, 1440),)
_AFTER_HOURS = Text("已过上班时间", "after working hours")


class _Piece(NamedTuple):
    start: int
    end: int


class _Worked(NamedTuple):
    """What counts of one day; `order` sorts days and pauses together."""

    order: int
    day: dt.date
    pieces: tuple[str, ...]
    ticks: int
    label: Text


def hour_steps(reckoning: Reckoning) -> Iterator[Step]:
    """Clock and working hours: what counts of each day, days alike joined, and the pauses between them."""
    end = reckoning.ended
    if reckoning.waits_for is not None:
        end = max(reckoning.waits_for.after, tick_of(reckoning.received))
    pauses = [pause for pause in _within(reckoning, end) if pause.until is not None]
    total = 0
    entries: list[_Worked | Stretch] = [*_worked_days(reckoning, end, pauses), *pauses]
    entries.sort(key=lambda entry: entry.order if isinstance(entry, _Worked) else entry.after)
    for _, group in groupby(entries, key=_alike):
        days = list(group)
        first, last = days[0], days[-1]
        if isinstance(first, Stretch):
            yield from (_paused(reckoning.calendar, pause) for pause in days if isinstance(pause, Stretch))
        elif isinstance(last, _Worked) and not first.ticks:
            yield DaysSkipped(first.day, last.day, first.label)
        elif isinstance(last, _Worked):
            total += first.ticks * len(days)
            yield HoursCounted(first.day, last.day, first.pieces, first.label, first.ticks, total)
    if reckoning.waits_for is not None:
        yield _still_paused(reckoning, end, reckoning.span.whole - total)


def _alike(entry: "_Worked | Stretch") -> object:
    return None if isinstance(entry, Stretch) else entry[2:]


def _within(reckoning: Reckoning, end: int) -> list[Stretch]:
    """The pauses that fall between receipt and `end`, cut to begin at receipt."""
    start = tick_of(reckoning.received)
    return [
        pause._replace(after=max(pause.after, start))
        for pause in stretches_of_time(reckoning.pauses)
        if pause.after < end and (pause.until is None or pause.until > start)
    ]


def _worked_days(reckoning: Reckoning, end: int, pauses: Sequence[Stretch]) -> Iterator[_Worked]:
    calendar, zone = reckoning.calendar, reckoning.calendar.zone_info
    start = tick_of(reckoning.received)
    day = reckoning.received.date()
    while tick_at(day, 0, zone) < end:
        found = calendar.day(day)
        shifts = _ALL_DAY if reckoning.span.unit is Unit.CLOCK_HOURS else found.shifts
        label = NO_TEXT if reckoning.span.unit is Unit.CLOCK_HOURS else found.label
        pieces = _cut(_pieces(calendar, day, shifts), start, end)
        running = _without_pauses(pieces, pauses)
        texts = tuple(_piece_text(calendar, day, piece) for piece in running)
        order = max(tick_at(day, 0, zone), start)
        if running:
            yield _Worked(order, day, texts, sum(piece.end - piece.start for piece in running), label)
        elif not pieces and not _covered(order, tick_at(day, 1440, zone), pauses):
            yield _Worked(order, day, (), 0, _AFTER_HOURS if shifts else label)
        day += DAY


def _pieces(calendar: Calendar, day: dt.date, shifts: Sequence[Shift]) -> list[_Piece]:
    zone = calendar.zone_info
    return [_Piece(tick_at(day, shift.opens, zone), tick_at(day, shift.closes, zone)) for shift in shifts]


def _cut(pieces: Sequence[_Piece], start: int, end: int) -> list[_Piece]:
    cut = (_Piece(max(piece.start, start), min(piece.end, end)) for piece in pieces)
    return [piece for piece in cut if piece.start < piece.end]


def _without_pauses(pieces: Sequence[_Piece], pauses: Sequence[Stretch]) -> list[_Piece]:
    left = list(pieces)
    for pause in pauses:
        if pause.until is not None:
            left = [*_cut(left, 0, pause.after), *_cut(left, pause.until, 1 << 62)]
    return sorted(left)


def _covered(start: int, end: int, pauses: Sequence[Stretch]) -> bool:
    return any(pause.after <= start and pause.until is not None and end <= pause.until for pause in pauses)


def _piece_text(calendar: Calendar, day: dt.date, piece: _Piece) -> str:
    start, end = (local_moment(tick, calendar.zone_info) for tick in piece)
    return f"{clock(start)}–{clock(end) if end.date() == day else '24:00'}"


def _paused(calendar: Calendar, pause: Stretch) -> HoursPaused:
    assert pause.until is not None
    start, end = (local_moment(tick, calendar.zone_info) for tick in (pause.after, pause.until))
    return HoursPaused(start, end, pause.reason)


def _still_paused(reckoning: Reckoning, since: int, left: int) -> StillPaused:
    assert reckoning.waits_for is not None
    words = Text(zh_amount(left), en_amount(left))
    return StillPaused(
        local_moment(since, reckoning.calendar.zone_info), True, reckoning.waits_for.reason, words
    )
