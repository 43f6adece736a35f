"""Rows of the sheets of a workbook, read from front to back; what of the workbook is not read is remarked."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from kesu.reading.limits import TooMuch
from kesu.reading.strict import suggestion
from kesu.reading.text import Text

from .csv_rows import header_of
from .mapping import FileFormat
from .remarks import Remarks
from .rows import Cell, Problems, Row
from .xlsx_book import Book, SheetRow, Value, Wrong

# What zipfile, zlib, the XML parser and openpyxl raise for files that are no workbook, and for those that are broken.
NOT_A_WORKBOOK: Final = (
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    OSError,
    AttributeError,
    TypeError,
    IndexError,
)
BROKEN_WORKBOOK: Final = (ParseError, zlib.error, EOFError, NotImplementedError, RuntimeError, UserWarning)
ERRORS: Final = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})
AN_ERROR: Final = Text("单元格是错误值", "the cell holds an error")
SHEET_LEFT_OUT: Final = "File contains an invalid specification"  # openpyxl would go on without the sheet
LONGEST_NUMBER: Final = 10**15  # a spreadsheet keeps fifteen digits of a number, the others become noughts
NO_WORKBOOK: Final = Text(
    "不是 XLSX 工作簿（旧的 .xls 请另存为 .xlsx）", "not an XLSX workbook (save an old .xls as .xlsx)"
)
DAMAGED: Final = Text(
    "工作簿已损坏；请用表格软件打开后另存", "the workbook is damaged; open it and save it anew"
)


def xlsx_rows(
    path: Path, *, file: FileFormat, needed: tuple[str, ...], problems: Problems, remarks: Remarks
) -> Iterator[Row]:
    """The rows after the header; wholly empty rows are passed over, cells that hold an error are problems.

    Read are the sheets that the mapping names, else the first that is not hidden. Raises LogError.
    """
    with opened_book(path, problems) as book:
        chosen = chosen_sheets(book, file, problems)
        _remark_others(book, chosen, remarks)
        for sheet in chosen:
            named = sheet.title if len(chosen) > 1 else ""
            yield from _SheetRows(named, file.header_row, needed, problems, remarks).read(book.rows(sheet))


@contextmanager
def opened_book(path: Path, problems: Problems) -> Iterator[Book]:
    """The workbook while it is read. Raises LogError for what is none, is damaged, or goes beyond a limit."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # of what openpyxl leaves out and nobody here asks for, such as styles
            warnings.filterwarnings("error", message=SHEET_LEFT_OUT)
            book = Book(path)
    except TooMuch as error:
        raise problems.stop(error.reason) from None
    except NOT_A_WORKBOOK:
        raise problems.stop(NO_WORKBOOK) from None
    except BROKEN_WORKBOOK:
        raise problems.stop(DAMAGED) from None
    with closing(book):
        try:
            yield book
        except TooMuch as error:
            raise problems.stop(error.reason) from None
        except (*NOT_A_WORKBOOK, *BROKEN_WORKBOOK):
            raise problems.stop(DAMAGED) from None


def chosen_sheets(book: Book, file: FileFormat, problems: Problems) -> Sequence[Any]:
    """The sheets that are read. Raises LogError for one that is not there."""
    sheets = book.sheets
    if not sheets:
        raise problems.stop(Text("工作簿里没有工作表", "the workbook has no sheet"))
    if file.all_sheets:
        return [sheet for sheet in sheets if book.rows_in(sheet)]
    if not file.sheets:
        return [next((sheet for sheet in sheets if sheet.sheet_state == "visible"), sheets[0])]
    by_name = {sheet.title: sheet for sheet in sheets}
    for wanted in file.sheets:
        if wanted not in by_name:
            en, zh = suggestion(wanted, list(by_name))
            raise problems.stop(Text(f"没有名为“{wanted}”的工作表{zh}", f"there is no sheet “{wanted}”{en}"))
    return [by_name[wanted] for wanted in file.sheets]


def _remark_others(book: Book, chosen: Sequence[Any], remarks: Remarks) -> None:
    for sheet in book.sheets:
        rows = 0 if sheet in chosen else book.rows_in(sheet)
        if rows:
            remarks.sheet_not_read(sheet.title, rows, hidden=sheet.sheet_state != "visible")


class _SheetRows:
    """The rows of one sheet as rows of a log."""

    def __init__(
        self, sheet: str, header_row: int, needed: tuple[str, ...], problems: Problems, remarks: Remarks
    ) -> None:
        self._sheet, self._header_row, self._needed = sheet, header_row, needed
        self._problems, self._remarks = problems, remarks

    def read(self, rows: Iterator[SheetRow]) -> Iterator[Row]:
        """Raises LogError where there is no header, or a column is missing."""
        names: dict[int, str] | None = None
        for row in rows:
            if row.number < self._header_row or all(value in (None, "") for value in row.cells.values()):
                continue
            if names is None:
                names = self._names(row)
                continue
            self._remarks.hidden_rows += row.hidden
            yield Row(row.number, self._cells(row, names), self._sheet)
        if names is None:
            raise self._problems.stop(Text("工作表里没有标题行", "the sheet has no header row"))

    def _names(self, row: SheetRow) -> dict[int, str]:
        last = max(row.cells)
        header = [cell_text(row.cells.get(column)) for column in range(1, last + 1)]
        header = header_of(header, needed=self._needed, place=row.number, problems=self._problems)
        return dict(enumerate(header, start=1))

    def _cells(self, row: SheetRow, names: dict[int, str]) -> dict[str, Cell]:
        cells: dict[str, Cell] = dict.fromkeys(names.values(), "")
        for column, value in row.cells.items():
            name = names.get(column)
            if name is None:
                continue
            if isinstance(value, Wrong):
                if name in self._needed:
                    self._problem(row, name, value.reason, value.value)
            elif isinstance(value, str) and value in ERRORS:
                self._problem(row, name, AN_ERROR, value)
            if isinstance(value, int | float) and abs(value) >= LONGEST_NUMBER:
                self._remarks.rounded(name)
            cells[name] = value if isinstance(value, date) else cell_text(value)
        return cells

    def _problem(self, row: SheetRow, name: str, reason: Text, value: object) -> None:
        self._problems.add(row.number, reason, column=name, value=value, sheet=self._sheet)


def cell_text(value: Value | Wrong) -> str:
    """What stands in a cell, as text."""
    match value:
        case None | Wrong():
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return str(value)
