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
from kesu.worktime.said import Name, nearest
from kesu.worktime.source_text import Document, Form, SourceError, decoded, read_document
from kesu.worktime.strict import CalendarError, Where

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
        return schedule_of(_csv_document(decoded(content, source=source), source), source=source)
    return schedule_of(read_document(content, source=source, form=form), source=source)


def schedule_of(document: Document, *, source: str) -> Schedule:
    """The schedule that a document describes: a list of days, or a mapping with that list under `days`."""
    entries: object = document.data
    top: Where = ()
    if isinstance(entries, dict):
        unknown = [key for key in entries if key not in ("days", "note")]
        if "days" not in entries or unknown:
            raise _no_schedule(document, unknown, source)
        entries, top = entries["days"], ("days",)
    try:
        days = read_days(_with_english_kinds(entries), top)
    except CalendarError as error:
        line = document.line_of(error.where)
        raise SourceError(source, line, error.problem, error.remedy) from None
    if not days:
        remedy = Name("每个放假日或上班日写一行", "give a line for each day off or worked")
        raise SourceError(source, None, Name("没有列出任何日子", "no day is named"), remedy)
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
                source,
                None,
                Name(
                    f"这是{year}年的安排，而日历只已知到 {known}",
                    f"it settles {year}, but the calendar knows nothing after {known}",
                ),
                Name(f"先导入{known.year + 1}年的安排", f"import the schedule of {known.year + 1} first"),
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


def _csv_document(text: str, source: str) -> Document:
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
                problem = Name(
                    f"有{len(row)}个值，标题只有{len(header)}个",
                    f"{len(row)} values under {len(header)} headings",
                )
                remedy = Name("含逗号的值要加引号", "quote values that hold commas")
                raise SourceError(source, rows.line_num, problem, remedy)
            lines[(len(entries),)] = rows.line_num
            entries.append(
                {key: cell.strip() for key, cell in zip(header, row, strict=False) if cell.strip()}
            )
    except csv.Error as error:
        problem = Name(f"CSV 写法有误（{error}）", f"no CSV: {error}")
        remedy = Name("改正这一行的引号", "correct the quotes of this line")
        raise SourceError(source, rows.line_num, problem, remedy) from None
    return Document(entries, lines)


def _header(row: list[str], source: str, line: int) -> list[str]:
    header = [_COLUMNS_ZH.get(cell.strip(), cell.strip().lower()) for cell in row]
    for name in header:
        if name not in COLUMNS:
            problem = Name(f"没有“{name}”这一列", f'there is no column "{name}"')
            raise SourceError(source, line, problem, nearest(name, COLUMNS))
    for name in ("date", "kind"):
        if header.count(name) != 1:
            problem = Name(
                f"首行要有且只有一个 {name} 列", f"the first line must name the column {name} once"
            )
            columns = ",".join(COLUMNS)
            raise SourceError(source, line, problem, Name(f"写 {columns}", f"write {columns}"))
    return header


def _no_schedule(document: Document, unknown: list[str], source: str) -> SourceError:
    problem = Name("没有 days", "no days are named")
    if unknown:
        problem = Name(f"放假安排里没有“{unknown[0]}”这一项", f'"{unknown[0]}" is no word of a schedule')
    remedy = Name(
        "放假安排写在 days 之下；完整的日历还要有 zone、week 和 shifts",
        "a schedule names its days under days, and a whole calendar has zone, week and shifts too",
    )
    return SourceError(source, document.line_of((unknown[0],) if unknown else ()), problem, remedy)


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
