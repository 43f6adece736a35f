"""Instants and local time. An instant is a whole number of microseconds since 1970 in UTC (a tick).

The office clock never runs backwards: where a local time comes twice the first counts, and where it never
comes (the hour that summer time skips) it is taken at the instant of the change.
"""

import datetime as dt
from zoneinfo import ZoneInfo

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = dt.timedelta(days=1)

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_NAIVE_EPOCH = dt.datetime(1970, 1, 1)
_TICK = dt.timedelta(microseconds=1)


def tick_of(moment: dt.datetime) -> int:
    """The tick of an aware moment."""
    since = moment - _EPOCH
    return (since.days * 86400 + since.seconds) * SECOND + since.microseconds


def local_moment(tick: int, zone: ZoneInfo) -> dt.datetime:
    """The local date and time of `tick` in `zone`, aware. Exact: whole seconds and the rest go apart."""
    rest = tick % SECOND
    moment = dt.datetime.fromtimestamp(tick // SECOND, zone)
    return moment.replace(microsecond=rest) if rest else moment


def tick_at(day: dt.date, minutes: int, zone: ZoneInfo) -> int:
    """The tick at which the clock on the wall shows `minutes` after midnight of `day` (1440 is 24:00)."""
    wall = dt.datetime(day.year, day.month, day.day) + dt.timedelta(minutes=minutes)
    early = wall.replace(tzinfo=zone)
    late = early.replace(fold=1)
    before, after = early.utcoffset(), late.utcoffset()
    assert before is not None
    assert after is not None
    if before >= after:
        return (wall - before - _NAIVE_EPOCH) // _TICK
    return _change_between(
        (wall - after - _NAIVE_EPOCH) // _TICK, (wall - before - _NAIVE_EPOCH) // _TICK, zone
    )


def _change_between(low: int, high: int, zone: ZoneInfo) -> int:
    """The instant at which the zone's offset changes, between two ticks that lie around one change."""
    low, high = low // SECOND, high // SECOND
    old = local_moment(low * SECOND, zone).utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        if local_moment(middle * SECOND, zone).utcoffset() == old:
            low = middle
        else:
            high = middle
    return high * SECOND
