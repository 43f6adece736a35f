"""The tree of a calendar file, whether it is CSV, JSON, YAML or iCalendar: mappings, lists and texts that know their lines.

A region of the `holidays` library, named with its years, is a tree too.
"""

import codecs
import csv
import io
import json
import re
from collections.abc import Callable
from typing import Literal

from kesu.reading.strict import Block, Node, ReadError, Scalar, Series, fault, read_text

from .ics import days_of_ics
from .regions import SOURCE, days_of_region

Form = Literal["csv", "json", "yaml", "ics", "region"]

# JSON writes a rare character as two halves, which YAML does not know; a doubled backslash begins no such half.
_HALVES = re.compile(r"\\\\|\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


def form_of_text(text: str) -> Form:
    """The form of a schedule that somebody pasted: iCalendar and the name of a region show what they are; else CSV."""
    begun = text.lstrip().lower()
    if begun.startswith("begin:vcalendar"):
        return "ics"
    return "region" if begun.startswith(SOURCE) else "csv"


def tree_of(content: bytes | str, *, source: str, form: Form, column: Callable[[Scalar], str]) -> Node:
    """The tree of a file. Of CSV it is a list of mappings, with `column` naming what a heading means. Raises ReadError."""
    text = _decoded(content, source)
    if form == "ics":
        return days_of_ics(text, source=source)
    if form == "region":
        return days_of_region(text, source=source)
    if form == "csv":
        return _rows(text, source, column)
    return read_text(_as_yaml(text, source) if form == "json" else text, file=source)


def _decoded(content: bytes | str, source: str) -> str:
    """The text of a file: UTF-8 with or without mark, else GB18030, as spreadsheets in China save it."""
    if isinstance(content, str):
        return content
    content = content.removeprefix(codecs.BOM_UTF8)
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ReadError(
        file=source,
        line=0,
        en="neither UTF-8 nor GB18030 text; save it as UTF-8",
        zh="编码既不是 UTF-8 也不是 GB18030，请另存为 UTF-8",
    )


def _as_yaml(text: str, source: str) -> str:
    """JSON as the YAML that it nearly is: with tabs as spaces (inside strings JSON has none), and characters whole."""
    try:
        json.loads(text, parse_int=str)  # a figure may be too long to be a number
    except json.JSONDecodeError as error:
        raise ReadError(
            file=source, line=error.lineno, en=f"not JSON: {error.msg}", zh=f"不是合格的 JSON：{error.msg}"
        ) from None
    except RecursionError:
        raise ReadError(file=source, line=1, en="nested too deeply", zh="嵌套过深") from None
    return _HALVES.sub(_whole, text).replace("\t", " ")


def _whole(halves: re.Match[str]) -> str:
    if halves[1] is None:
        return halves[0]
    return (
        "".join(chr(int(half, 16)) for half in halves.groups())
        .encode("utf-16", "surrogatepass")
        .decode("utf-16")
    )


def _rows(text: str, source: str, column: Callable[[Scalar], str]) -> Series:
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    headings: list[str] | None = None
    entries = Series((), source, 1)
    try:
        for cells in rows:
            line = rows.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if headings is None:
                headings = _headings([Scalar(cell.strip(), source, line) for cell in cells], column)
            else:
                entries.append(_entry(headings, cells, source, line))
    except csv.Error as error:
        raise ReadError(
            file=source, line=rows.line_num, en=f"not CSV: {error}", zh=f"不是合格的 CSV：{error}"
        ) from None
    return entries


def _headings(cells: list[Scalar], column: Callable[[Scalar], str]) -> list[str]:
    headings: list[str] = []
    for cell in cells:
        if (heading := column(cell)) in headings:
            raise fault(cell, en=f"“{heading}” stands twice; keep one", zh=f"“{heading}”写了两次；只留一个")
        headings.append(heading)
    return headings


def _entry(headings: list[str], cells: list[str], source: str, line: int) -> Block:
    if len(cells) > len(headings):
        raise ReadError(
            file=source,
            line=line,
            en=f"{len(cells)} values under {len(headings)} headings; quote values that hold commas",
            zh=f"有 {len(cells)} 个值，标题只有 {len(headings)} 个；含逗号的值要加引号",
        )
    entry = Block(source, line)
    for heading, cell in zip(headings, cells, strict=False):
        if cell.strip():
            entry[heading] = Scalar(cell.strip(), source, line)
            entry.lines[heading] = line
    return entry
