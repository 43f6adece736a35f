"""A list of prices as somebody has it, a CSV file or a workbook or what was copied out of one, as lines that can be looked at.

A first line that names the columns may stand there; without one they are article, price, from, until, origin.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from kesu.procedure.kinds.typed_figures import typed_amount
from kesu.procedure.kinds.typed_times import calendar_day
from kesu.procedure.words.names import FACT
from kesu.reading.text import Text
from kesu.registry.prices import PriceLine
from kesu.review.csv_rows import csv_lines, encoding_of
from kesu.review.mapping import FileFormat
from kesu.review.rows import Problems
from kesu.review.xlsx_book import Wrong
from kesu.review.xlsx_rows import cell_text, chosen_sheets, opened_book

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "article": ("article", "品名", "产品", "产品名称", "商品", "名称"),
    "price": ("price", "单价", "价格", "价格（元）", "单价（元）"),
    "since": (FACT.FROM, "since", "起", "从哪天起", "起始日期", "生效日期", "开始日期"),
    "until": ("until", "止", "到哪天止", "截止日期", "失效日期", "结束日期"),
    "origin": ("origin", "出处", "依据", "文号"),
}
MOST: Final = 2000  # lines of one list


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that cannot be taken: where it stands, as it was written, and why."""

    place: int
    text: str
    reason: Text


def text_of(path: Path, name: str) -> str:
    """What a file holds, as lines with tabs between their cells. Raises LogError."""
    if name.lower().endswith(".xlsx"):
        rows = _of_workbook(path, Problems(name, "row"))
    else:
        rows = _of_csv(path, Problems(name, "line"))
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows if any(row))


def _of_csv(path: Path, problems: Problems) -> list[list[str]]:
    encoding, _ = encoding_of(path, wanted=None, problems=problems)
    lines = [cells for _, cells in csv_lines(path, encoding=encoding, delimiter=",", problems=problems)]
    alone = all(len(cells) == 1 for cells in lines)
    return [cells[0].split("\t") if alone and cells else cells for cells in lines]


def _of_workbook(path: Path, problems: Problems) -> list[list[str]]:
    found: list[list[str]] = []
    with opened_book(path, problems) as book:
        (sheet, *_) = chosen_sheets(book, FileFormat(), problems)
        for row in book.rows(sheet):
            wrong = next((cell for cell in row.cells.values() if isinstance(cell, Wrong)), None)
            if wrong is not None:
                problems.add(row.number, wrong.reason, value=wrong.value)
            last = max(row.cells, default=0)
            found.append([_as_day(cell_text(row.cells.get(column))) for column in range(1, last + 1)])
    problems.check()
    return found


def _as_day(text: str) -> str:
    """A date of a workbook without the midnight that stands behind it."""
    return text.removesuffix("T00:00:00")


def read_lines(text: str, *, now: datetime, zone: str) -> tuple[list[PriceLine], list[Unread]]:
    """The lines of a list, and those that cannot be taken. A line without a day begins today."""
    rows = [(place, _cells(line)) for place, line in enumerate(text.splitlines(), 1) if line.strip()]
    columns = list(COLUMNS)
    if rows and (named := _named(rows[0][1])) is not None:
        columns, rows = named, rows[1:]
    today = now.astimezone(ZoneInfo(zone)).date()
    read: list[PriceLine] = []
    unread: list[Unread] = []
    for place, cells in rows[:MOST]:
        line = _line(place, dict(zip(columns, cells, strict=False)), today, now=now, zone=zone)
        if isinstance(line, PriceLine):
            read.append(line)
        else:
            unread.append(Unread(place, " ".join(cells), line))
    if len(rows) > MOST:
        reason = Text(
            f"一次最多 {MOST} 行；请分几次导入", f"at most {MOST} lines at once; bring them in by parts"
        )
        unread.append(Unread(rows[MOST][0], "", reason))
    return read, unread


def _cells(line: str) -> list[str]:
    """The cells of a line: tabs where it was copied out of a spreadsheet, else commas."""
    if "\t" in line:
        return [cell.strip() for cell in line.split("\t")]
    return [cell.strip() for cell in next(iter(csv.reader([line.replace("，", ",")])), [])]


def _named(cells: Sequence[str]) -> list[str] | None:
    """Which column is which, by the words of a first line; None where it is no head."""
    names = [_column(cell) for cell in cells]
    return names if "article" in names and "price" in names else None


def _column(cell: str) -> str:
    said = cell.strip().casefold().replace("(", "（").replace(")", "）")
    return next((name for name, words in COLUMNS.items() if said in words), "")


def _line(place: int, cells: Mapping[str, str], today: date, *, now: datetime, zone: str) -> PriceLine | Text:
    article, price = cells.get("article", ""), typed_amount(cells.get("price", ""))
    if not article:
        return Text("没有写品名", "no article is named")
    if not price:
        return Text("没有写单价", "no price is written")
    days: dict[str, date] = {}
    for word in ("since", "until"):
        if written := cells.get(word, ""):
            day = calendar_day(written, now=now, zone=zone)
            if day is None:
                return Text(
                    f"“{written}”不是日期，写成 2026-03-06", f"“{written}” is no date; write 2026-03-06"
                )
            days[word] = day
    return PriceLine(
        place, article, price, days.get("since", today), days.get("until"), cells.get("origin", "")
    )
