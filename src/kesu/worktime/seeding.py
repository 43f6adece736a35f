"""A year's schedule out of the `holidays` library, as rows to import: `python -m kesu.worktime.seeding 2027`.

The library names festivals and swapped days one by one; the notices speak of whole stretches. So each
stretch of days off around a festival is listed whole, weekends included, under the festival's name.
"""

import csv
import datetime as dt
import re
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

import holidays

from kesu.reading.text import Text
from kesu.worktime.fault import Fault
from kesu.worktime.local_time import DAY
from kesu.worktime.parts import COLUMNS, ListedDay, ListedKind

_FESTIVALS = {
    "元旦": Text("元旦", "New Year's Day"),
    "农历除夕": Text("春节", "Spring Festival"),
    "春节": Text("春节", "Spring Festival"),
    "清明节": Text("清明节", "Qingming Festival"),
    "劳动节": Text("劳动节", "Labour Day"),
    "端午节": Text("端午节", "Dragon Boat Festival"),
    "中秋节": Text("中秋节", "Mid-Autumn Festival"),
    "国庆节": Text("国庆节", "National Day"),
}
_SPECIAL = {
    "春节延长假期": _FESTIVALS["春节"],
    "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日": Text("抗战胜利纪念日", "Victory Day"),
}
_SWAPPED = re.compile(r"休息日（由 (\d{4}-\d{2}-\d{2}) 调休）")
_OBSERVED = "（补假）"


class SeedError(Fault):
    """The library does not know the year's notice yet."""


def schedule_rows(years: Sequence[int]) -> list[ListedDay]:
    """The days off and make-up days of `years`, with the days of the December before that they alter. Raises SeedError."""
    covered = range(years[0] - 1, years[-1] + 1)
    named_days = holidays.country_holidays("CN", years=covered, expand=False, language="zh_CN")
    worked: set[dt.date] = named_days.weekend_workdays
    for year in years:
        if not any(_SWAPPED.search(name) for day, name in named_days.items() if day.year == year):
            raise SeedError(
                Text(
                    f"holidays 库还没有{year}年的放假安排", f"the library does not know the notice for {year}"
                ),
                Text("升级该库，或按通知手工录入", "update it, or type the notice in"),
            )
    rows: dict[dt.date, ListedDay] = {}
    names: dict[dt.date, Text] = {}
    for stretch in _stretches_off(named_days, worked):
        name = _name_of(stretch, named_days)
        for day in stretch:
            names[day] = name
            rows[day] = _row_off(day, name, str(named_days.get(day, "")))
    for day, swapped in _swaps(named_days).items():
        rows[day] = ListedDay(day, ListedKind.WORK, names[swapped], f"与{swapped}对调")
    for day in worked - rows.keys():
        rows[day] = ListedDay(day, ListedKind.WORK, _nearest_name(day, names))
    since = dt.date(years[0] - 1, 12, 25)
    altered = {day for day in rows if day in named_days or day in worked}
    return [
        rows[day]
        for day in sorted(rows)
        if day.year in years or (since <= day < dt.date(years[0], 1, 1) and day in altered)
    ]


def _row_off(day: dt.date, name: Text, names: str) -> ListedDay:
    festival = any(one in _FESTIVALS for one in names.split("; "))
    swapped = _SWAPPED.search(names)
    kind = ListedKind.FESTIVAL if festival else ListedKind.OFF
    return ListedDay(day, kind, name, f"与{swapped[1]}对调" if swapped else "")


def _stretches_off(named_days: Iterable[dt.date], worked: set[dt.date]) -> list[list[dt.date]]:
    """Each unbroken run of days off that holds a day which the library names."""
    named = sorted(named_days)
    off = set(named)
    for day in named:
        for step in (DAY, -DAY):
            other = day + step
            while other.weekday() >= 5 and other not in worked:
                off.add(other)
                other += step
    stretches: list[list[dt.date]] = []
    for day in sorted(off - worked):
        if stretches and stretches[-1][-1] + DAY == day:
            stretches[-1].append(day)
        else:
            stretches.append([day])
    return stretches


def _name_of(stretch: Sequence[dt.date], named_days: "holidays.HolidayBase") -> Text:
    """The festivals of the stretch, each once, in order."""
    festivals: list[Text] = []
    for day in stretch:
        for text in str(named_days.get(day, "")).split("; "):
            name = _FESTIVALS.get(text.removesuffix(_OBSERVED)) or _SPECIAL.get(text)
            if name is not None and name not in festivals:
                festivals.append(name)
    return Text("、".join(name.zh for name in festivals), " and ".join(name.en for name in festivals))


def _swaps(named_days: "holidays.HolidayBase") -> dict[dt.date, dt.date]:
    """Make-up working day to the day off that it was swapped for."""
    swaps = ((day, _SWAPPED.search(str(name))) for day, name in named_days.items())
    return {dt.date.fromisoformat(swap[1]): day for day, swap in swaps if swap is not None}


def _nearest_name(day: dt.date, names: dict[dt.date, Text]) -> Text:
    return names[min(names, key=lambda other: abs((other - day).days))]


def write_rows(rows: Iterable[ListedDay], out: TextIO) -> None:
    """Write `rows` as CSV in the form that can be imported."""
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(row.to_data() for row in rows)


if __name__ == "__main__":
    first, last = int(sys.argv[1]), int(sys.argv[-1])
    try:
        write_rows(schedule_rows(range(first, last + 1)), sys.stdout)
    except SeedError as error:
        sys.exit(str(error))
