"""Rows of an XLSX sheet, read from front to back without holding the sheet in memory."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from kesu.reading.strict import suggestion
from kesu.reading.text import Text

from .csv_rows import header_of
from .rows import Cell, Problems, Row

UNPACKED: Final = 1 << 30  # bytes; a workbook that grows beyond this is no log of complaints
ERRORS: Final = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})


def xlsx_rows(
    path: Path, *, sheet: str | None, header_row: int, needed: tuple[str, ...], problems: Problems
) -> Iterator[Row]:
    """The rows after the header; wholly empty rows are passed over, cells that hold an error are problems. Raises LogError."""
    _refuse_bomb(path, problems)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, KeyError, ValueError, OSError, zipfile.BadZipFile):
        raise problems.stop(_no_workbook()) from None
    try:
        yield from _sheet_rows(_sheet(book, sheet, problems), header_row, needed, problems)
    except (zipfile.BadZipFile, SyntaxError, EOFError):  # ElementTree's ParseError is a SyntaxError
        raise problems.stop(
            Text("工作簿已损坏；请用表格软件打开后另存", "the workbook is damaged; open it and save it anew")
        ) from None
    finally:
        book.close()


def _sheet_rows(sheet: Any, header_row: int, needed: tuple[str, ...], problems: Problems) -> Iterator[Row]:
    sheet.reset_dimensions()  # some programs write a wrong size, and cells beyond it would be lost
    header: list[str] | None = None
    for place, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        if place < header_row or all(value is None or value == "" for value in values):
            continue
        if header is None:
            header = header_of(
                [_text(value) for value in values], needed=needed, place=place, problems=problems
            )
            continue
        cells: dict[str, Cell] = dict.fromkeys(header, "")
        for name, value in zip(header, values, strict=False):
            if isinstance(value, str) and value in ERRORS:
                problems.add(
                    place, Text("单元格是错误值", "the cell holds an error"), column=name, value=value
                )
            cells[name] = value if isinstance(value, datetime) else _text(value)
        yield Row(place, cells)
    if header is None:
        raise problems.stop(Text("工作表里没有标题行", "the sheet has no header row"))


def _sheet(book: Any, wanted: str | None, problems: Problems) -> Any:
    names = [sheet.title for sheet in book.worksheets]
    if wanted is None:
        return book.worksheets[0]
    if wanted not in names:
        en, zh = suggestion(wanted, names)
        raise problems.stop(Text(f"没有名为“{wanted}”的工作表{zh}", f"there is no sheet “{wanted}”{en}"))
    return book[wanted]


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _refuse_bomb(path: Path, problems: Problems) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, OSError):
        raise problems.stop(_no_workbook()) from None
    if size > UNPACKED:
        raise problems.stop(Text("解开后超过 1 GB；请拆成几份", "unpacks to more than 1 GB; split it"))


def _no_workbook() -> Text:
    return Text(
        "不是 XLSX 工作簿（旧的 .xls 请另存为 .xlsx）", "not an XLSX workbook (save an old .xls as .xlsx)"
    )
