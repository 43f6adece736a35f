"""Whether a due date is provisional: only when a day that is not settled decided it."""

import datetime as dt
from collections.abc import Iterator

from kesu.reading.text import Text
from kesu.worktime.day import Knowledge
from kesu.worktime.local_time import DAY
from kesu.worktime.pause import stretches_of_days
from kesu.worktime.policy import Cutoff, Deemed, Roll
from kesu.worktime.reckoning import Reckoning
from kesu.worktime.span import Unit
from kesu.worktime.wording import en_date, en_days, zh_date, zh_days


def doubt_about(reckoning: Reckoning) -> Text | None:
    """Why the due date of `reckoning` is provisional, or None when it stands."""
    if reckoning.waits_for is not None:
        return Text(
            "暂定：暂停尚未结束，恢复计时后重新计算。",
            "Provisional: the pause has no end yet; counted anew when it ends.",
        )
    calendar = reckoning.calendar
    first_day_of = {
        calendar.day(day).knowledge: day for day in _deciding(reckoning) if not _settled(reckoning, day)
    }
    if Knowledge.UNKNOWN in first_day_of:
        if first_day_of[Knowledge.UNKNOWN] < calendar.known_from:
            return _unknown_before(calendar.known_from)
        return _unknown_from(calendar.known_until + DAY)
    if Knowledge.UNSETTLED in first_day_of:
        return _unsettled(calendar.settled_until + DAY, calendar.known_until)
    return None


def _settled(reckoning: Reckoning, day: dt.date) -> bool:
    calendar = reckoning.calendar
    if calendar.known_from <= day <= calendar.settled_until:
        return True
    return calendar.day(day).knowledge is Knowledge.KNOWN


def _deciding(reckoning: Reckoning) -> Iterator[dt.date]:
    """The days whose being worked or not went into the answer."""
    unit, policy = reckoning.span.unit, reckoning.policy
    if policy.deemed is Deemed.NEXT:
        yield from _days(reckoning.start.date(), reckoning.received.date())
    if unit is Unit.WORKING_HOURS:
        yield from _unpaused(reckoning, reckoning.received.date())
    elif unit is Unit.WORKING_DAYS:
        yield from _unpaused(reckoning, reckoning.base + DAY)
    elif policy.roll is not Roll.NONE:
        yield from _days(min(reckoning.last, reckoning.date), max(reckoning.last, reckoning.date))
    if policy.cutoff is Cutoff.CLOSE and not unit.in_hours:
        yield reckoning.date


def _unpaused(reckoning: Reckoning, first: dt.date) -> Iterator[dt.date]:
    """The days from `first` to the due date, without those of which a pause lets nothing count."""
    zone = reckoning.calendar.zone_info
    paused = stretches_of_days(reckoning.pauses, zone)
    begun = 1 if reckoning.span.in_hours else 0
    for day in _days(first, reckoning.date):
        ordinal = day.toordinal()
        if not any(p.after + begun < ordinal and (p.until is None or ordinal <= p.until) for p in paused):
            yield day


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    while first <= last:
        yield first
        first += DAY


def _unknown_from(day: dt.date) -> Text:
    return Text(
        f"暂定：{zh_date(day)}起的放假安排尚未录入，暂按每周作息和固定节日推算，录入后重新计算。",
        f"Provisional: the schedule from {en_date(day)} on is not known yet; the usual week and the fixed "
        "festivals were taken, and it is counted anew when the schedule is imported.",
    )


def _unknown_before(day: dt.date) -> Text:
    return Text(
        f"暂定：{zh_date(day)}以前的放假安排未录入，按每周作息推算。",
        f"Provisional: the schedule before {en_date(day)} is not known; the usual week was taken.",
    )


def _unsettled(first: dt.date, last: dt.date) -> Text:
    return Text(
        f"暂定：{zh_days(first, last)}可能随下一年度放假安排调整，届时重新计算。",
        f"Provisional: the coming year's schedule may still alter {en_days(first, last)}; counted anew then.",
    )
