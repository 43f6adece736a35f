"""A year's schedule, from CSV, JSON or YAML, laid over a calendar: a new version of it.

CSV has a first line `date,kind,name,name_en,note` (the last three may be missing), in Chinese
日期 类型 名称 英文名称 备注. Kind is off (休), work (班: a make-up working day) or festival (节: a statutory
festival day, off too). JSON and YAML are a list of the same, or a mapping with such a list under `days`.
"""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from kesu.reading.keys import Keys
from kesu.reading.strict import Block, Node, ReadError, Scalar, Series, fault, suggestion
from kesu.worktime.calendar import Calendar
from kesu.worktime.calendar_reading import read_days
from kesu.worktime.calendar_text import Form, tree_of
from kesu.worktime.parts import COLUMNS, ListedDay

_COLUMNS_ZH = dict(zip(("日期", "类型", "名称", "英文名称", "备注"), COLUMNS, strict=True))
_TAIL_FROM = (12, 25)


class Schedule(NamedTuple):
    """The days that a schedule names, in order, and the years that it settles."""

    days: tuple[ListedDay, ...]
    years: tuple[int, ...]


def read_schedule(content: bytes | str, *, source: str, form: Form) -> Schedule:
    """Read a schedule; raises ReadError with the line. `source` names the file in messages."""
    return schedule_of(tree_of(content, source=source, form=form, column=column_of))


def schedule_of(node: Node) -> Schedule:
    """The schedule that a file describes: a list of days, or a mapping with that list under `days`. Raises ReadError."""
    if isinstance(node, Block):
        keys = Keys(node, what="the schedule")
        listed = keys.items("days")
        keys.get("note")
        keys.done()
    elif isinstance(node, Series):
        listed = node
    else:
        raise fault(node, en="a schedule is a list of days", zh="放假安排应是若干日子的列表")
    days = read_days(listed)
    if not days:
        raise ReadError(
            file=node.file,
            line=0,
            en="no day is named; give a line for each day off or worked",
            zh="没有列出任何日子；每个放假日或上班日写一行",
        )
    return Schedule(days, _settled_years(days))


def column_of(heading: Scalar) -> str:
    """The column that a heading of a CSV file means, in English or Chinese. Raises ReadError with the nearest one."""
    name = _COLUMNS_ZH.get(heading, heading.lower())
    if name not in COLUMNS:
        en, zh = suggestion(name, COLUMNS)
        raise fault(heading, en=f"there is no column “{name}”{en}", zh=f"没有“{name}”这一列{zh}")
    return name


def lay_over(calendar: Calendar, schedule: Schedule, *, version: str | None = None, source: str) -> Calendar:
    """A new version of `calendar` that knows `schedule` too. Raises ReadError that names `source`.

    Days that it names replace what was listed for them, all others stay. A year that follows the known ones
    becomes known; a year further on is refused, since the one between would stay a guess.
    """
    known_until = calendar.known_until
    for year in schedule.years:
        if year > known_until.year + 1:
            before = known_until.year + 1
            raise ReadError(
                file=source,
                line=0,
                en=f"it settles {year}, but the calendar knows nothing after {known_until}; import the schedule of {before} first",
                zh=f"这是{year}年的安排，而日历只已知到 {known_until}；先导入{before}年的安排",
            )
        known_until = max(known_until, dt.date(year, 12, 31))
    unsettled = calendar.known_until - calendar.settled_until
    data = calendar.to_data()
    listed = {str(day["date"]): day for day in _mappings(data["days"])}
    listed |= {day.date.isoformat(): day.to_data() for day in schedule.days}
    years = "+".join(str(year) for year in schedule.years)
    data["days"] = [listed[date] for date in sorted(listed)]
    data["version"] = version or f"{calendar.version}+{years}"
    data["known_until"] = known_until.isoformat()
    data["settled_until"] = (known_until - unsettled).isoformat()
    return Calendar.from_data(data)


def _settled_years(days: tuple[ListedDay, ...]) -> tuple[int, ...]:
    """The years named. A notice may alter the last days of the year before: that alone does not settle it."""
    years = sorted({day.date.year for day in days})
    first = [day.date for day in days if day.date.year == years[0]]
    if len(years) > 1 and all((day.month, day.day) >= _TAIL_FROM for day in first):
        years = years[1:]
    return tuple(years)


def _mappings(entries: object) -> Iterable[dict[str, object]]:
    assert isinstance(entries, list)
    return entries
