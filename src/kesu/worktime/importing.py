"""A year's schedule, from CSV, JSON or YAML, laid over a calendar: a new version of it.

CSV has a first line `date,kind,name,name_en,note` (the last three may be missing), in Chinese
日期 类型 名称 英文名称 备注. Kind is off (休), work (班: a make-up working day) or festival (节: a statutory
festival day, off too). JSON and YAML are a list of the same, or a mapping with such a list under `days`.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterable
from typing import NamedTuple

from kesu.worktime.calendar import Calendar
from kesu.worktime.calendar_reading import read_days
from kesu.worktime.parts import ListedDay
from kesu.worktime.source_text import Form, SourceError, decoded, read_document
from kesu.worktime.strict import CalendarError, Where, nearest

COLUMNS = ("date", "kind", "name", "name_en", "note")
_COLUMNS_ZH = dict(zip(("日期", "类型", "名称", "英文名称", "备注"), COLUMNS, strict=True))
_KINDS_ZH = {
    **dict.fromkeys(("休", "休息", "放假"), "off"),
    **dict.fromkeys(("班", "上班"), "work"),
    **dict.fromkeys(("节", "法定节日"), "festival"),
}
_TAIL_FROM = (12, 25)


class Schedule(NamedTuple):
    """The days that a schedule names, in order, and the years that it settles."""

    days: tuple[ListedDay, ...]
    years: tuple[int, ...]


def read_schedule(content: bytes | str, *, source: str, form: Form) -> Schedule:
    """Read a schedule; raises SourceError with the line. `source` names the file in messages."""
    if form == "csv":
        rows, lines = _csv_entries(decoded(content, source=source), source)
        return schedule_of(rows, lines=lines, source=source)
    data, lines = read_document(content, source=source, form=form)
    if isinstance(data, dict) and "days" in data:
        data = data["days"]
        lines = {where[1:]: line for where, line in lines.items() if where[:1] == ("days",)}
    return schedule_of(data, lines=lines, source=source)


def schedule_of(entries: object, *, lines: dict[Where, int], source: str) -> Schedule:
    """The schedule that plain entries describe; `lines` says on which line each of them stands."""
    try:
        days = read_days(_with_english_kinds(entries), ())
    except CalendarError as error:
        line = next((lines[error.where[:n]] for n in (2, 1, 0) if error.where[:n] in lines), None)
        raise SourceError(source=source, line=line, problem=error.problem, remedy=error.remedy) from None
    if not days:
        raise SourceError(
            source=source,
            line=None,
            problem="no day is named",
            remedy="give a line for each day off or worked",
        )
    return Schedule(days, _settled_years(days))


def lay_over(calendar: Calendar, schedule: Schedule, *, version: str | None = None, source: str) -> Calendar:
    """A new version of `calendar` that knows `schedule` too.

    Days that it names replace what was listed for them, all others stay. A year that follows the known ones
    becomes known; a year further on is refused, since the one between would stay a guess.
    """
    known = calendar.known_until
    for year in schedule.years:
        if year > known.year + 1:
            raise SourceError(
                source=source,
                line=None,
                problem=f"it settles {year}, but the calendar knows nothing after {known}",
                remedy=f"import the schedule of {known.year + 1} first",
            )
        known = max(known, dt.date(year, 12, 31))
    unsettled = calendar.known_until - calendar.settled_until
    data = calendar.to_data()
    listed = {str(day["date"]): day for day in _mappings(data["days"])}
    listed |= {day.date.isoformat(): day.to_data() for day in schedule.days}
    years = "+".join(str(year) for year in schedule.years)
    data["days"] = [listed[date] for date in sorted(listed)]
    data["version"] = version or f"{calendar.version}+{years}"
    data["known_until"] = known.isoformat()
    data["settled_until"] = (known - unsettled).isoformat()
    return Calendar.from_data(data)


def _settled_years(days: tuple[ListedDay, ...]) -> tuple[int, ...]:
    """The years named. A notice may alter the last days of the year before: that alone does not settle it."""
    years = sorted({day.date.year for day in days})
    first = [day.date for day in days if day.date.year == years[0]]
    if len(years) > 1 and all((day.month, day.day) >= _TAIL_FROM for day in first):
        years = years[1:]
    return tuple(years)


def _csv_entries(text: str, source: str) -> tuple[list[dict[str, str]], dict[Where, int]]:
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    entries: list[dict[str, str]] = []
    lines: dict[Where, int] = {}
    header: list[str] | None = None
    try:
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            if header is None:
                header = _header(row, source, rows.line_num)
                continue
            if len(row) > len(header):
                problem = f"{len(row)} values under {len(header)} headings"
                raise SourceError(
                    source=source, line=rows.line_num, problem=problem, remedy="quote values with commas"
                )
            lines[(len(entries),)] = rows.line_num
            entries.append(
                {key: cell.strip() for key, cell in zip(header, row, strict=False) if cell.strip()}
            )
    except csv.Error as error:
        raise SourceError(
            source=source,
            line=rows.line_num,
            problem=f"no CSV: {error}",
            remedy="correct the quotes of this line",
        ) from None
    return entries, lines


def _header(row: list[str], source: str, line: int) -> list[str]:
    header = [_COLUMNS_ZH.get(cell.strip(), cell.strip().lower()) for cell in row]
    for name in header:
        if name not in COLUMNS:
            raise SourceError(
                source=source,
                line=line,
                problem=f'there is no column "{name}"',
                remedy=nearest(name, COLUMNS),
            )
    for name in ("date", "kind"):
        if header.count(name) != 1:
            raise SourceError(
                source=source,
                line=line,
                problem=f"the first line must name the column {name} once",
                remedy=f"write {','.join(COLUMNS)}",
            )
    return header


def _with_english_kinds(entries: object) -> object:
    if not isinstance(entries, list):
        return entries
    return [
        entry | {"kind": _KINDS_ZH.get(str(entry["kind"]), entry["kind"])}
        if isinstance(entry, dict) and "kind" in entry
        else entry
        for entry in entries
    ]


def _mappings(entries: object) -> Iterable[dict[str, object]]:
    assert isinstance(entries, list)
    return entries
