"""The parts of a mapping that say how the file and its times are written."""

from __future__ import annotations

import codecs
from typing import Final, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kesu.reading.keys import Keys, known_word
from kesu.reading.strict import Node, Scalar, fault

from .mapping import NUMBERS, DayAlone, FileFormat, Order, Times

KINDS: Final = ("csv", "xlsx", "xes")
ORDERS: Final = ("newest first", "oldest first")
DATES: Final = ("%x", "%c", "%D", "%F", "%G")  # forms that hold a year without %Y or %y


def file_format(node: Node | None) -> FileFormat:
    """`file`: how the file is written. Raises ReadError."""
    if node is None:
        return FileFormat()
    keys = Keys(node, what="“file”")
    kind, encoding, delimiter = (keys.maybe(key) for key in ("kind", "encoding", "delimiter"))
    row, order, uneven, every = (keys.maybe(key) for key in ("header row", "order", "uneven rows", "sheets"))
    sheets, down, stop = (
        tuple(str(word) for word in keys.words(key)) for key in ("sheet", "fill down", "stop at")
    )
    keys.done()
    return FileFormat(
        kind=known_word(kind, KINDS, what="the kind of file") if kind is not None else None,
        encoding=_encoding(encoding),
        delimiter=_delimiter(delimiter),
        sheets=sheets,
        all_sheets=every is not None and known_word(every, ("all", "first"), what="“sheets”") == "all",
        header_row=number(row, what="header row") if row is not None else 1,
        order=cast(Order, known_word(order, ORDERS, what="“order”")) if order is not None else None,
        fill_down=down,
        stop_at=stop,
        fill_rows=uneven is not None
        and known_word(uneven, ("fill", "refuse"), what="“uneven rows”") == "fill",
    )


def number(word: Scalar, *, what: str) -> int:
    """A whole number from 1, `what` is its key. Raises ReadError."""
    if not word.isdecimal() or int(word) < 1:
        raise fault(
            word,
            en=f"“{what}” is a number from 1, not “{word}”",
            zh=f"“{what}”应是从 1 起的整数，不是“{word}”",
        )
    return int(word)


def _encoding(word: Scalar | None) -> str | None:
    if word is None:
        return None
    try:
        codecs.getincrementaldecoder(str(word))
    except LookupError:
        raise fault(
            word,
            en=f"“{word}” is no encoding; write utf-8 or gb18030",
            zh=f"没有“{word}”这种编码；请写 utf-8 或 gb18030",
        ) from None
    return str(word)


def _delimiter(word: Scalar | None) -> str:
    if word is None:
        return ","
    text = "\t" if word == "tab" else str(word)
    if len(text) != 1 or text in '"\r\n':
        raise fault(word, en="“delimiter” is one character, or tab", zh="“delimiter”应是一个字符，或写 tab")
    return text


def times(node: Node) -> Times:
    """`times`: the zone, the forms in which times are written, and what stands for none. Raises ReadError."""
    keys = Keys(node, what="“times”")
    zone = keys.text("zone")
    written = keys.words("written") or (Scalar("iso"),)
    alone, year = keys.maybe("day alone"), keys.maybe("year")
    none = frozenset(str(word) for word in keys.words("none"))
    keys.done()
    for form in written:
        _check_form(form, dated=year is not None)
    placed = (
        known_word(alone, ("start", "end", "refuse"), what="“day alone”") if alone is not None else "refuse"
    )
    return Times(
        _zone(zone),
        tuple(str(form) for form in written),
        cast(DayAlone, placed),
        none,
        number(year, what="year") if year is not None else None,
    )


def _check_form(form: Scalar, *, dated: bool) -> None:
    if form == "iso" or form in NUMBERS:
        return
    if "%" not in form:
        raise fault(
            form,
            en=f"“{form}” is no form of a time; write iso or one like %Y/%m/%d %H:%M:%S",
            zh=f"“{form}”不是时间格式；请写 iso 或 %Y/%m/%d %H:%M:%S 之类",
        )
    if not dated and not any(part in form for part in ("%Y", "%y", *DATES)):
        raise fault(
            form,
            en=f"“{form}” has no year; say which under “times”, like year: 2026",
            zh=f"“{form}”没有年份；请在 times 里写明，如 year: 2026",
        )


def _zone(zone: Scalar) -> ZoneInfo:
    try:
        return ZoneInfo(str(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise fault(
            zone,
            en=f"“{zone}” is no time zone; write one like Asia/Shanghai",
            zh=f"没有“{zone}”这个时区；请写 Asia/Shanghai 之类",
        ) from None
