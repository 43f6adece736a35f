"""The list of cases as a sheet for Excel and WPS: what a page shows of each, every text as a text, every date as a date.

Nothing in it begins a formula, and nothing that is a number of something is taken for a figure: a batch 20260211E1 stays one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from kesu.caseload.asking.listing import cases
from kesu.reading.text import Text

from ..said.rows_said import CaseLine, case_lines
from ..who.here import Here
from .asked_list import Asked

MOST: Final = 20_000  # cases of one sheet; more is no sheet that anybody reads
AT_ONCE: Final = 500
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # with what a spreadsheet begins to reckon
WIDTHS: Final = (16, 18, 48, 18, 16, 8, 16, 18, 16, 24, 18)
Value = str | date | datetime | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A head, rows of as many values, and a foot that says of what and when it is. `name` is that of the file, without an ending."""

    head: tuple[str, ...]
    rows: list[tuple[Value, ...]]
    foot: str
    name: str


def sheet_of(asked: Asked, title: str, here: Here) -> Sheet:
    """Every case of the list, in its order, as far as there is room."""
    lines = list(listed_lines(asked, here, MOST))
    day = here.now.astimezone(ZoneInfo(here.zone))
    n = len(lines)
    counted = _("%(n)s cases") % {"n": n}
    foot = f"{here.directory.organisation.title} · {title} · {counted} · {day:%Y-%m-%d %H:%M}"
    if n == MOST:
        foot += " · " + _("only so many; narrow the list to take out the rest")
    return Sheet(
        head=_head(),
        rows=[_row(line, here) for line in lines],
        foot=foot,
        name="_".join((_("Cases"), f"{day:%Y-%m-%d}", title, counted.replace(" ", ""))),
    )


def listed_lines(asked: Asked, here: Here, most: int) -> Iterator[CaseLine]:
    """The cases of a list in its order, read some at a time."""
    after, left = None, most
    while left:
        page = cases(here, wanted=asked.wanted, after=after, limit=min(AT_ONCE, left), order=asked.order)
        yield from case_lines(page.rows, here)
        after, left = page.next, left - len(page.rows)
        if after is None:
            return


def _head() -> tuple[str, ...]:
    return (
        _("Number"), _("Received"), _("Who, what, which"), _("Item, batch"), _("Topic"), _("Grade"), _("Stage"),
        _("Next limit"), _("With"), _("Procedure"), _("Ended"),
    )  # fmt: skip


def _row(line: CaseLine, here: Here) -> tuple[Value, ...]:
    zone, row = ZoneInfo(here.zone), line.row

    def local(at: datetime | None) -> datetime | None:
        return None if at is None else at.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)

    def worded(text: Text) -> str:
        return text.in_(here.lang)

    return (
        row.label, local(row.received), worded(line.title), str(row.face.get("about", "")), worded(line.topics),
        worded(line.grade), worded(line.state), local(row.next_due), worded(line.owner), worded(line.procedure),
        local(row.ended),
    )  # fmt: skip


def as_csv(sheet: Sheet) -> bytes:
    """In UTF-8 with the mark by which Excel and WPS know it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(sheet.head)
    writer.writerows(map(_plain, sheet.rows))
    writer.writerow([sheet.foot])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _plain(row: Sequence[Value]) -> list[str]:
    return [
        _guarded(value) if isinstance(value, str) else "" if value is None else f"{value:%Y-%m-%d %H:%M}"
        for value in row
    ]


def _guarded(text: str) -> str:
    """With a tab before what a spreadsheet would reckon with or take for a figure; it shows nothing and keeps the text."""
    return f"\t{text}" if text.startswith(FORMULA) or _figure(text) else text


def _figure(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def as_xlsx(sheet: Sheet) -> bytes:
    """One sheet, its head bold and standing still, with the arrows by which spreadsheets narrow."""
    book = Workbook(write_only=True)
    page: Any = book.create_sheet(title=sheet.head[2][:31].replace("/", " "))
    page.freeze_panes = "B2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.head))}{len(sheet.rows) + 1}"
    for place, width in enumerate(WIDTHS, 1):
        page.column_dimensions[get_column_letter(place)].width = width
    page.append([_text_cell(page, title, bold=True) for title in sheet.head])
    for row in sheet.rows:
        page.append([_cell(page, value) for value in row])
    page.append([])
    page.append([_text_cell(page, sheet.foot)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(page: Any, value: Value) -> Any:
    if not isinstance(value, datetime):
        return _text_cell(page, str(value or ""))
    cell = WriteOnlyCell(page, value=value)
    cell.number_format = "yyyy-mm-dd hh:mm"
    return cell


def _text_cell(page: Any, text: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(page, value=text)
    cell.data_type, cell.number_format = "s", "@"  # a text, whatever it begins with
    if bold:
        cell.font = Font(bold=True)
    return cell
