"""Working time against pandas: "16 working hours" over the China calendar, side by side in one run.

Both sides have the same shifts (lunch break included) and the same holidays. pandas knows no make-up working
day, so these are left out on both sides; what is compared is otherwise the calendar as shipped. The median of
three interleaved rounds counts; then 10,000 random instants must agree, once pandas' next opening is
read as due at closing. Exit 1 when the bar (20 times, all agreeing) is missed.

    python bench/worktime.py [--json] [--rounds 3]
"""

import argparse
import datetime as dt
import json
import random
import statistics
import sys
import time
from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from kesu.worktime.calendar import Calendar
from kesu.worktime.china import china_calendar
from kesu.worktime.due import due
from kesu.worktime.span import Span

BAR, AIM = 20, 40
INSTANTS = 10_000
BATCH, SHARE = 500, 10
HOURS = 16
ZONE = ZoneInfo("Asia/Shanghai")
SHIFTS = (("09:00", "12:00"), ("13:00", "18:00"))


def without_make_up_days() -> Calendar:
    """The China calendar with its days off, but no weekend that is worked."""
    data = china_calendar().to_data()
    days = data["days"]
    assert isinstance(days, list)
    return Calendar.from_data(data | {"days": [day for day in days if day["kind"] != "work"]})


def peer(calendar: Calendar) -> pd.offsets.CustomBusinessHour:
    """pandas' offset of sixteen business hours with the same shifts and the weekdays off of `calendar`."""
    first, last = dt.date(2004, 1, 1), calendar.known_until
    dates = (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
    off = [day for day in dates if day.weekday() < 5 and not calendar.day(day).works]
    opens, closes = [shift[0] for shift in SHIFTS], [shift[1] for shift in SHIFTS]
    return pd.offsets.CustomBusinessHour(n=HOURS, start=opens, end=closes, holidays=off)


def random_instants(*, seed: int, number: int) -> list[dt.datetime]:
    """Local minutes between 2010 and the end of November 2026, working or not."""
    dice = random.Random(seed)
    first = dt.datetime(2010, 1, 1)
    minutes = int((dt.datetime(2026, 12, 1) - first).total_seconds()) // 60
    return [first + dt.timedelta(minutes=dice.randrange(minutes)) for _ in range(number)]


def timed(work: Callable[[Any], object], items: Iterable[Any]) -> float:
    """Seconds that `work` takes for all `items`; nothing is kept, on either side."""
    began = time.perf_counter()
    for item in items:
        work(item)
    return time.perf_counter() - began


def rates(
    calendar: Calendar, offset: pd.offsets.CustomBusinessHour, rounds: int
) -> list[tuple[float, float]]:
    """Operations per second of kesu and of pandas, for each round.

    Within a round both take turns in small batches, so that a slow moment of the machine hits both.
    """
    instants = random_instants(seed=7, number=INSTANTS)
    aware = [moment.replace(tzinfo=ZONE) for moment in instants]
    stamps = [pd.Timestamp(moment) for moment in instants]
    span = Span.parse(f"{HOURS} working hours")
    assert isinstance(span, Span)
    for moment in aware[:100]:
        due(calendar=calendar, start=moment, span=span)
    found = []
    for _ in range(rounds):
        ours = theirs = 0.0
        for at in range(0, INSTANTS, BATCH):
            ours += timed(lambda one: due(calendar=calendar, start=one, span=span), aware[at : at + BATCH])
            theirs += timed(lambda one: one + offset, stamps[at : at + BATCH // SHARE])
        found.append((INSTANTS / ours, INSTANTS / SHARE / theirs))
    return found


def due_at_closing(calendar: Calendar, moment: dt.datetime) -> dt.datetime:
    """pandas' answer read as due at closing: an end at an opening is the closing before it."""
    day = calendar.day(moment.date())
    minute = moment.hour * 60 + moment.minute
    starts = [shift.opens for shift in day.shifts]
    if minute not in starts:
        return moment
    place = bisect_left(starts, minute)
    while place == 0:
        day = calendar.day(day.date - dt.timedelta(days=1))
        place = len(day.shifts)
    close = day.shifts[place - 1].closes
    return dt.datetime.combine(day.date, dt.time()) + dt.timedelta(minutes=close)


def agreement(calendar: Calendar, offset: pd.offsets.CustomBusinessHour) -> tuple[int, list[str]]:
    """How many of the random instants agree, and the first few that do not."""
    span = Span.parse(f"{HOURS} working hours")
    assert isinstance(span, Span)
    agreed, others = 0, []
    for moment in random_instants(seed=11, number=INSTANTS):
        ours = due(calendar=calendar, start=moment.replace(tzinfo=ZONE), span=span).at.replace(tzinfo=None)
        theirs = due_at_closing(calendar, (pd.Timestamp(moment) + offset).to_pydatetime())
        if ours == theirs:
            agreed += 1
        elif len(others) < 5:
            others.append(f"{moment}: {ours} here, {theirs} there")
    return agreed, others


def main() -> int:
    """Run the bench; 0 when the bar is reached, else 1."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--rounds", type=int, default=3, help="interleaved rounds (3)")
    args = parser.parse_args()
    calendar = without_make_up_days()
    offset = peer(calendar)
    found = rates(calendar, offset, args.rounds)
    agreed, others = agreement(calendar, offset)
    ratios = [kesu / pandas for kesu, pandas in found]
    ratio = statistics.median(ratios)
    passed = ratio >= BAR and agreed == INSTANTS
    figures = {
        "bench": "worktime",
        "ratio": round(ratio, 1),
        "bar": BAR,
        "aim": AIM,
        "rounds": [round(one, 1) for one in ratios],
        "kesu_per_second": [round(kesu) for kesu, _ in found],
        "pandas_per_second": [round(pandas) for _, pandas in found],
        "pandas": pd.__version__,
        "instants": INSTANTS,
        "agree": agreed,
        "disagree": others,
        "passed": passed,
    }
    print(
        json.dumps(figures) if args.json else "\n".join(f"{key}: {value}" for key, value in figures.items())
    )
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
