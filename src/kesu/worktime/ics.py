"""Days off out of an iCalendar file (RFC 5545), as offices and states publish them: each all-day event is days off.

An event whose summary or category says 班 or “working day” is a make-up day. Events with times of the day are appointments, and
a rule of repetition says more years than anybody has settled: both are refused, with their line.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from kesu.reading.strict import Block, ReadError, Scalar, Series

from .parts import ListedKind

MADE_UP: Final = re.compile(r"班(?!级)|working day|make-up day", re.IGNORECASE)
DATE: Final = re.compile(r"(\d{4})(\d\d)(\d\d)")
ESCAPED: Final = re.compile(r"\\([nN,;\\])")
LONGEST: Final = 60  # days of one event
MOST_LINES: Final = 20_000


class Property(NamedTuple):
    """A line of the file, unfolded: its name, what stands behind it, and where it begins."""

    name: str
    value: str
    line: int


def days_of_ics(text: str, *, source: str) -> Series:
    """The days that the events name, as a schedule lists them, in order. Raises ReadError with the line."""
    days: dict[dt.date, Block] = {}
    event: dict[str, Property] | None = None
    for one in _properties(text, source):
        if one.name == "BEGIN" and one.value.upper() == "VEVENT":
            event = {"BEGIN": one}
        elif one.name == "END" and one.value.upper() == "VEVENT" and event is not None:
            for day, block in _days_of(event, source):
                days.setdefault(day, block)
            event = None
        elif event is not None:
            event.setdefault(one.name, one)
    if event is not None:
        raise _wrong(
            source,
            event["BEGIN"].line,
            "the event has no end; is the file whole",
            "这个事件没有结尾，文件可能不全",
        )
    return Series([days[day] for day in sorted(days)], source, 1)


def _properties(text: str, source: str) -> Iterator[Property]:
    """The lines, put together where they were folded."""
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise _wrong(
            source, MOST_LINES, "the file is too long for a calendar of holidays", "文件太长，不像节假日日历"
        )
    whole, begun = "", 0
    for number, line in enumerate([*lines, ""], 1):
        if line[:1] in (" ", "\t") and whole:
            whole += line[1:]
            continue
        if whole.strip():
            head, colon, value = whole.partition(":")
            if not colon:
                raise _wrong(
                    source, begun, "no line of a calendar file: it has no colon", "不是日历文件的行：没有冒号"
                )
            yield Property(head.split(";")[0].strip().upper(), value.strip(), begun)
        whole, begun = line, number


def _days_of(event: dict[str, Property], source: str) -> Iterator[tuple[dt.date, Block]]:
    if event.get("STATUS", Property("", "", 0)).value.upper() == "CANCELLED":
        return
    if "RRULE" in event:
        raise _wrong(
            source,
            event["RRULE"].line,
            "the event repeats by a rule; bring in a file that names the days of each year",
            "这个事件按规则重复；请导入逐年写明日期的文件",
        )
    start = event.get("DTSTART")
    if start is None:
        raise _wrong(source, event["BEGIN"].line, "the event has no DTSTART", "这个事件没有 DTSTART")
    first = _date(start, source)
    end = _date(event["DTEND"], source) if "DTEND" in event else first + dt.timedelta(days=1)
    many = max((end - first).days, 1)
    if many > LONGEST:
        raise _wrong(
            source,
            start.line,
            f"{many} days are no holiday; at most {LONGEST}",
            f"{many} 天不是节假日，最多 {LONGEST} 天",
        )
    name = ESCAPED.sub(_plain, event["SUMMARY"].value if "SUMMARY" in event else "").strip()
    said = name + " " + (event["CATEGORIES"].value if "CATEGORIES" in event else "")
    kind = ListedKind.WORK if MADE_UP.search(said) else ListedKind.OFF
    for place in range(many):
        day = first + dt.timedelta(days=place)
        yield day, _block(day, kind, name, source, start.line)


def _date(moment: Property, source: str) -> dt.date:
    found = DATE.fullmatch(moment.value)
    try:
        if found is not None:
            return dt.date(*map(int, found.groups()))
    except ValueError:
        pass
    raise _wrong(
        source,
        moment.line,
        f"“{moment.value[:40]}” is no whole day (20270101); events with times are no days off",
        f"“{moment.value[:40]}”不是整天（如 20270101）；写了钟点的事件不算放假",
    )


def _block(day: dt.date, kind: ListedKind, name: str, source: str, line: int) -> Block:
    block = Block(source, line)
    for key, value in {"date": day.isoformat(), "kind": kind.value, "name": name}.items():
        if value:
            block[key] = Scalar(value, source, line)
            block.lines[key] = line
    return block


def _plain(escaped: re.Match[str]) -> str:
    return " " if escaped[1] in "nN" else escaped[1]


def _wrong(source: str, line: int, en: str, zh: str) -> ReadError:
    return ReadError(file=source, line=line, en=en, zh=zh)
