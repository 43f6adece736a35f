"""The cumulative table of a calendar: every shift and every working day, year by year, found by bisection.

Built lazily: the years that are asked for, joined without a gap. Each state is never changed once it is
visible, so that threads may read while one of them adds a year.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from threading import Lock
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kesu.reading.text import Text
from kesu.worktime.day import Day
from kesu.worktime.fault import Fault
from kesu.worktime.local_time import HOUR, SECOND, local_moment, tick_at, tick_of

FIRST_YEAR, LAST_YEAR = 1950, 2399
HORIZON_YEARS = 100


class HorizonError(Fault):
    """A span that does not run out within the horizon, or a date outside the years that Kesu counts."""


class _State(NamedTuple):
    """The covered years. `before[i]` is the work done (ticks) when shift i opens, from an arbitrary zero."""

    first_year: int
    last_year: int
    first_tick: int
    end_tick: int
    opens: list[int]
    closes: list[int]
    before: list[int]
    days: list[int]
    least: int
    total: int


class Table:
    """Working time of one calendar as sorted lists; all positions are ticks or day ordinals."""

    def __init__(self, *, day: Callable[[dt.date], Day], zone: ZoneInfo) -> None:
        self._day, self._zone = day, zone
        self._state: _State | None = None
        # Midnight of the covered days that have 24 hours: far quicker than asking the zone each time.
        self._midnights: dict[int, int] = {}
        self._lock = Lock()

    def tick(self, moment: dt.datetime) -> int:
        """The tick of `moment`, which must be in the zone of the calendar."""
        midnight = self._midnights.get(moment.toordinal())
        if midnight is None:
            return tick_of(moment)
        seconds = (moment.hour * 60 + moment.minute) * 60 + moment.second
        return midnight + seconds * SECOND + moment.microsecond

    def advance(self, tick: int, amount: int) -> int:
        """The instant at which `amount` (> 0) ticks of work are done from `tick` on.

        Work that ends at closing time is done at closing, never at the next opening.
        """
        state = self._state
        if state is None or not state[2] <= tick < state[3]:
            state = self._covering(tick)
        opens, before = state[4], state[6]
        at = bisect_right(opens, tick) - 1
        if at < 0:
            goal = state.least + amount
        else:
            close = state[5][at]
            goal = before[at] - opens[at] + (tick if tick < close else close) + amount
        if goal > state[9]:
            year = local_moment(tick, self._zone).year
            state = self._reaching(year, lambda grown: grown.total >= goal)
            opens, before = state.opens, state.before
        end = bisect_left(before, goal) - 1
        return opens[end] + goal - before[end]

    def work_between(self, start: int, end: int) -> int:
        """Ticks of work from `start` to `end`; nothing when the end is not after the start."""
        return self._done(end) - self._done(start) if end > start else 0

    def _done(self, tick: int) -> int:
        state = self._covering(tick)
        at = bisect_right(state.opens, tick) - 1
        if at < 0:
            return state.least
        return state.before[at] + min(tick, state.closes[at]) - state.opens[at]

    def nth_day(self, after: int, number: int) -> int:
        """Ordinal of the `number`-th (from 1) working day after the day with ordinal `after`."""
        year = _year_of_ordinal(after)
        state = self._covering_years(year, year)
        place = bisect_right(state.days, after) + number - 1
        if place >= len(state.days):
            state = self._reaching(
                year, lambda grown: len(grown.days) - bisect_right(grown.days, after) >= number
            )
            place = bisect_right(state.days, after) + number - 1
        return state.days[place]

    def days_between(self, after: int, last: int) -> int:
        """How many working days lie after `after` and up to and with `last` (ordinals)."""
        if last <= after:
            return 0
        state = self._covering_years(_year_of_ordinal(after), _year_of_ordinal(last))
        return bisect_right(state.days, last) - bisect_right(state.days, after)

    def _covering(self, tick: int) -> _State:
        state = self._state
        if state is not None and state.first_tick <= tick < state.end_tick:
            return state
        year = local_moment(tick, self._zone).year
        return self._covering_years(year, year)

    def _covering_years(self, first: int, last: int) -> _State:
        state = self._state
        if state is not None and state.first_year <= first and last <= state.last_year:
            return state
        if first < FIRST_YEAR or last > LAST_YEAR:
            year = first if first < FIRST_YEAR else last
            raise HorizonError(
                Text(
                    f"{year}年超出可计算的范围（{FIRST_YEAR}年至{LAST_YEAR}年）",
                    f"year {year} lies outside the years that Kesu counts, {FIRST_YEAR} to {LAST_YEAR}",
                ),
                Text("核对日期", "look at the date"),
            )
        with self._lock:
            state = self._state or self._year(first)
            while first < state.first_year:
                state = _before(self._year(state.first_year - 1), state)
            while last > state.last_year:
                state = _after(state, self._year(state.last_year + 1))
            self._state = state
        return state

    def _reaching(self, year: int, enough: Callable[[_State], bool]) -> _State:
        """The table, grown until `enough`, but never over the horizon from `year`."""
        horizon = min(year + HORIZON_YEARS, LAST_YEAR)
        state = self._covering_years(year, year)
        while not enough(state):
            if state.last_year >= horizon:
                raise HorizonError(
                    Text(
                        f"到{horizon}年底期限仍未走完：日历上的上班时间不够",
                        f"the span does not run out by the end of {horizon}: too little working time",
                    ),
                    Text(
                        "缩短期限，或在日历中写明每周的上班日",
                        "shorten the span, or give the calendar a working weekday",
                    ),
                )
            state = self._covering_years(year, state.last_year + 1)
        return state

    def _year(self, year: int) -> _State:
        opens: list[int] = []
        closes: list[int] = []
        before: list[int] = []
        days: list[int] = []
        total = 0
        first = dt.date(year, 1, 1).toordinal()
        midnight = first_tick = tick_at(dt.date(year, 1, 1), 0, self._zone)
        for ordinal in range(first, dt.date(year, 12, 31).toordinal() + 1):
            day = self._day(dt.date.fromordinal(ordinal))
            start_of_day, midnight = midnight, tick_at(day.date, 1440, self._zone)
            if midnight - start_of_day == 24 * HOUR:
                self._midnights[ordinal] = start_of_day
            if not day.shifts:
                continue
            days.append(ordinal)
            for shift in day.shifts:
                start = tick_at(day.date, shift.opens, self._zone)
                end = tick_at(day.date, shift.closes, self._zone)
                # A shift inside an hour that summer time skips has no length that day.
                if start < end:
                    opens.append(start)
                    closes.append(end)
                    before.append(total)
                    total += end - start
        return _State(year, year, first_tick, midnight, opens, closes, before, days, 0, total)


def _year_of_ordinal(ordinal: int) -> int:
    return dt.date.fromordinal(ordinal).year


def _after(state: _State, year: _State) -> _State:
    """`state` with the following year; the numbers that are there stay as they are."""
    before = [done + state.total for done in year.before]
    return _joined(state, year._replace(before=before, total=year.total + state.total))


def _before(year: _State, state: _State) -> _State:
    """`state` with the year before it; the new numbers run up to where the old ones begin."""
    shift = state.least - year.total
    return _joined(year._replace(before=[done + shift for done in year.before], least=shift), state)


def _joined(early: _State, late: _State) -> _State:
    return _State(
        early.first_year,
        late.last_year,
        early.first_tick,
        late.end_tick,
        early.opens + late.opens,
        early.closes + late.closes,
        early.before + late.before,
        early.days + late.days,
        early.least,
        late.total,
    )
