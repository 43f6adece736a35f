"""A workbook opened with care: nothing of it is parsed before its size is known, and its cells say what they are.

The parser of openpyxl reads the cells. Around it stands what it leaves out: limits, formulas that no program has worked
out, whether a date has a time by its number format, which rows and sheets are hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any, Final, cast

from defusedxml.ElementTree import iterparse
from openpyxl.reader.excel import ExcelReader
from openpyxl.reader.strings import read_string_table
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_datetime
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet._reader import FORMULA_TAG, ROW_TAG, VALUE_TAG, WorkSheetParser

from kesu.reading import limits
from kesu.reading.limits import Guarded, TooMuch
from kesu.reading.text import Text

SHARED_STRINGS: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
CELL_TAG: Final = ROW_TAG.replace("}row", "}c")
DATA_TAG: Final = ROW_TAG.replace("}row", "}sheetData")
# Formats that Chinese spreadsheet programs have built in, and that a workbook therefore does not describe.
CHINESE_DATES: Final = frozenset({*range(27, 32), 36, *range(50, 55), 57, 58})
CHINESE_TIMES: Final = frozenset({*range(32, 36), 55, 56})
Value = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that cannot be taken, whatever is asked of it."""

    reason: Text
    value: str = ""


FORMULA: Final = Wrong(
    Text(
        "是公式，但没有算好的结果；请用表格软件打开，保存后再用",
        "holds a formula that no program has worked out; open the workbook, save it, and use that",
    )
)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that stands in the sheet: its number there, its cells by column from 1, and whether it is hidden."""

    number: int
    cells: dict[int, Value | Wrong]
    hidden: bool


class Book(ExcelReader):  # type: ignore[misc]  # openpyxl has no types
    """An open workbook. Raises TooMuch, or what openpyxl raises for files that are no workbook."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        try:
            super().__init__(self._file, read_only=True, data_only=True, keep_links=False)
        except BaseException:
            self._file.close()
            raise
        try:
            self._measure()
            self.read_manifest()
            self.read_strings()
            self.read_workbook()
            apply_stylesheet(self.archive, self.wb)
            self.read_worksheets()
        except BaseException:
            self.close()
            raise
        self._kinds: dict[int, str | None] = {}

    def _measure(self) -> None:
        parts = self.archive.infolist()
        if sum(part.file_size for part in parts) > limits.UNPACKED:
            raise TooMuch(Text("解开后超过 1 GB；请拆成几份", "unpacks to more than 1 GB; split it"))
        for part in parts:
            large = "/worksheets/" in part.filename or "sharedStrings" in part.filename
            if part.filename.endswith((".xml", ".rels")) and not large and part.file_size > limits.SMALL_PART:
                raise TooMuch(
                    Text(f"其中的 {part.filename} 太大", f"{part.filename} in it is larger than is read")
                )

    def read_strings(self) -> None:
        """The texts that cells share, as many as are held."""
        part = self.package.find(SHARED_STRINGS)
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as file:
            strings = read_string_table(cast(IO[bytes], _Counted(file)))
        self.shared_strings = strings

    @property
    def sheets(self) -> list[Any]:
        """The sheets with cells, in their order; each has `title` and `sheet_state`."""
        return list(self.wb.worksheets)

    def rows_in(self, sheet: Any) -> int:
        """About how many rows a sheet has, without looking into them."""
        found, tail = 0, b""
        with self.archive.open(sheet._worksheet_path) as file:
            while chunk := file.read(limits.MEGABYTE):
                found += (tail + chunk).count(b"<row")
                tail = chunk[-3:]
        return found

    def rows(self, sheet: Any) -> Iterator[SheetRow]:
        """Every row of a sheet that stands in the file; a jump in their numbers costs nothing."""
        with self.archive.open(sheet._worksheet_path) as file:
            parser = _Cells(self, Guarded(file, most=limits.UNPACKED))
            yield from parser.rows()

    def kind_of(self, style: int) -> str | None:
        """What the number format of a style shows: date, datetime, time; None for anything else."""
        if style not in self._kinds:
            self._kinds[style] = self._kind(style)
        return self._kinds[style]

    def _kind(self, style: int) -> str | None:
        if style >= len(self.wb._cell_styles):
            return None
        number = self.wb._cell_styles[style].numFmtId
        if number in CHINESE_DATES:
            return "date"
        if number in CHINESE_TIMES:
            return "time"
        code = BUILTIN_FORMATS.get(number)
        if code is None and 0 <= number - 164 < len(self.wb._number_formats):
            code = self.wb._number_formats[number - 164]
        return cast("str | None", is_datetime(code)) if code else None

    def close(self) -> None:
        """Lets go of the file."""
        self.archive.close()
        self._file.close()


class _Counted(Guarded):
    """The shared texts: as many, and as long in all, as are held."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(file, most=limits.STRINGS_LONG)
        self._strings = limits.STRINGS

    def read(self, size: int = -1) -> bytes:
        chunk = super().read(size)
        self._strings -= chunk.count(b"<si")
        if self._strings < 0:
            raise TooMuch(
                Text(
                    f"单元格文字超过 {limits.STRINGS} 种；请拆成几份",
                    f"more than {limits.STRINGS} texts in its cells; split it",
                )
            )
        return chunk


class _Cells(WorkSheetParser):  # type: ignore[misc]  # openpyxl has no types
    """The cells of a sheet, row by row; what was read is let go of."""

    def __init__(self, book: Book, file: Guarded) -> None:
        super().__init__(file, book.shared_strings, data_only=True, epoch=book.wb.epoch)
        self.book = book

    def rows(self) -> Iterator[SheetRow]:
        """Every row, with what its cells hold. Raises TooMuch."""
        depth = cells = rows = 0
        data: Any = None
        for moment, element in iterparse(self.source, events=("start", "end"), forbid_dtd=True):
            if moment == "start":
                depth += 1
                data = element if element.tag == DATA_TAG else data
                cells += element.tag == CELL_TAG
                if depth > limits.DEEPEST_XML or cells > limits.COLUMNS:
                    raise TooMuch(_odd(self.row_counter + 1))
                continue
            depth -= 1
            if element.tag == ROW_TAG:
                rows, cells = rows + 1, 0
                yield self._row(element)
                if rows > limits.ROWS or self.row_counter > limits.ROWS:
                    raise TooMuch(_odd(self.row_counter))
            if element.tag == ROW_TAG or depth == 1:
                element.clear()
                if data is not None:
                    data.clear()  # or the emptied rows would still pile up

    def _row(self, element: Any) -> SheetRow:
        try:
            number, cells = self.parse_row(element)
        except (ValueError, OverflowError):
            raise TooMuch(_odd(self.row_counter + 1)) from None
        return SheetRow(number, {one["column"]: one["value"] for one in cells}, element.get("hidden") == "1")

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """As openpyxl reads it, but a date by its format, and nothing that is wrong ends the reading."""
        worked_out = element.findtext(VALUE_TAG) or (
            element.get("t") == "str" and element.find(VALUE_TAG) is not None
        )
        if element.find(FORMULA_TAG) is not None and not worked_out:
            return self._placed(element, FORMULA)
        try:
            cell = cast("dict[str, Any]", super().parse_cell(element))
        except (ValueError, IndexError, OverflowError, TypeError):
            return self._placed(element, Wrong(BROKEN, element.findtext(VALUE_TAG) or ""))
        value = cell["value"]
        if isinstance(value, int | float) and not isinstance(value, bool):
            cell["value"] = self._dated(value, int(cell["style_id"] or 0))
        return cell

    def _placed(self, element: Any, wrong: Wrong) -> dict[str, Any]:
        """The place of a cell that holds something wrong."""
        for child in list(element):
            element.remove(child)
        with suppress(ValueError):
            return {**super().parse_cell(element), "value": wrong}
        return {"column": self.col_counter, "value": wrong}

    def _dated(self, value: float, style: int) -> Value | Wrong:
        kind = self.book.kind_of(style)
        if kind is None:
            return value
        try:
            when = from_excel(value, self.epoch)
        except (ValueError, OverflowError):
            return Wrong(NO_DATE, str(value))
        if kind == "date" and isinstance(when, datetime) and when.time() == time():
            return (
                when.date()
            )  # a midnight that is shown as a time is one; a day that is shown alone has no time
        return cast(Value, when)


BROKEN: Final = Text("单元格已损坏", "the cell is damaged")
NO_DATE: Final = Text("按日期显示，但不是有效的日期", "is shown as a date and is none")


def _odd(row: int) -> Text:
    return Text(
        f"第 {row} 行附近不合表格的格式；请用表格软件打开后另存",
        f"is no proper sheet near row {row}; open it and save it anew",
    )
