"""The China calendar: what the State Council's yearly notices say, 2004 to 2026, as data.

The days stand in `china.csv`, in the form in which a year's schedule is imported; `seeding` wrote it.

Settings, and why:
- known until 31 December of the last year in the file;
- settled only until 28 December of it: in 6 of the 20 years to 2023 the next year's notice altered one of
  the last three days (Saturday 29 December 2018 was worked, Monday the 31st was off). So a date that one of
  these three days decided is provisional until the next schedule is imported. `UNSETTLED_DAYS` says how many;
- after that: Monday to Friday, and the festivals that the law fixes to a date (in force since 2025):
  1 January, 1-2 May, 1-3 October.
"""

import datetime as dt
from functools import cache
from importlib.resources import files

from kesu.worktime.calendar import Calendar
from kesu.worktime.importing import Schedule, read_schedule

FIRST_YEAR = 2004
UNSETTLED_DAYS = 3
STANDARD_SHIFTS = ("09:00-12:00", "13:00-18:00")
FIXED_FESTIVALS = (
    ("01-01", "元旦", "New Year's Day"),
    ("05-01", "劳动节", "Labour Day"),
    ("05-02", "劳动节", "Labour Day"),
    ("10-01", "国庆节", "National Day"),
    ("10-02", "国庆节", "National Day"),
    ("10-03", "国庆节", "National Day"),
)


def china_schedule() -> Schedule:
    """The days that the notices name, as shipped."""
    text = files("kesu.worktime").joinpath("china.csv").read_bytes()
    return read_schedule(text, source="china.csv", form="csv")


@cache
def china_calendar() -> Calendar:
    """The China calendar: Asia/Shanghai, Monday to Friday, 09:00-12:00 and 13:00-18:00."""
    schedule = china_schedule()
    last = dt.date(schedule.years[-1], 12, 31)
    after = (last + dt.timedelta(days=1)).isoformat()
    return Calendar.from_data(
        {
            "zone": "Asia/Shanghai",
            "version": f"china-{last.year}",
            "known_from": dt.date(FIRST_YEAR, 1, 1).isoformat(),
            "known_until": last.isoformat(),
            "settled_until": (last - dt.timedelta(days=UNSETTLED_DAYS)).isoformat(),
            "shifts": list(STANDARD_SHIFTS),
            "week": dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "standard"),
            "fixed": [
                {"day": day, "since": after, "name": zh, "name_en": en} for day, zh, en in FIXED_FESTIVALS
            ],
            "days": [day.to_data() for day in schedule.days],
        }
    )
