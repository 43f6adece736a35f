"""Until when something is in time, as people read it: an instant, or a day where the limit ends with one."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from kesu.worktime.local_time import DAY

_MIDNIGHT = dt.time()


@dataclass(frozen=True, slots=True)
class Until:
    """The end of a limit, looked at from one moment.

    `at`: the instant (aware) at which it is over. `day`: the last local day in time; midnight ends the day before it,
    it does not begin the next. `whole_day`: the limit ends with that day, so that people write the day alone.
    `provisional`: the end may still change. `late`: it is past.
    """

    at: dt.datetime
    day: dt.date
    whole_day: bool
    provisional: bool = False
    late: bool = False


def until(
    at: dt.datetime,
    *,
    zone: ZoneInfo,
    now: dt.datetime | None = None,
    provisional: bool = False,
    late: bool = False,
) -> Until:
    """The end `at` (aware) in the local time of `zone`.

    It is late when `late` says so already, or when it is past at `now`: an instant itself is in time, the midnight
    after the last day is not. Without `now` nobody asks.
    """
    local = at.astimezone(zone)
    whole_day = local.time() == _MIDNIGHT
    past = now is not None and (now >= at if whole_day else now > at)
    day = local.date() - DAY if whole_day else local.date()
    return Until(at, day, whole_day, provisional, late or past)
