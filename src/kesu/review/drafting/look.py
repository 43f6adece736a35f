"""The raw look at a file: its kind, its encoding, what divides its cells, which sheet, and its first lines as they stand."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from kesu.reading.text import Text

from ..csv_rows import END_OF_FILE, csv_lines, encoding_of
from ..kinds_of_file import kind_of
from ..log import UNITS
from ..mapping import FileFormat
from ..remarks import Remarks
from ..rows import Cell, Problems
from ..xes_rows import xes_rows
from ..xlsx_book import Book
from ..xlsx_rows import cell_text, chosen_sheets, opened_book

MOST_LINES: Final = 25_000  # looked at; what comes after them is only said to be there
MOST_CELLS: Final = 500_000
WIDEST: Final = 120  # characters of a cell that are kept: enough to know what it is
WIDEST_LINE: Final = 500  # columns
LONGEST_SAMPLE: Final = 20_000  # characters of one of them
SAMPLE: Final = 40  # lines that show what divides the cells
DELIMITERS: Final = (",", "\t", ";", "|")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. `number`: as `header row` counts; `place`: as errors name it."""

    number: int
    place: int
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class Look:
    """What a file shows. `header`: the names of its columns where the format has them apart from its rows (XES)."""

    name: str
    kind: str
    encoding: str = ""
    delimiter: str = ","
    sheet: str = ""
    other_sheets: list[str] = field(default_factory=list)
    named_sheet: bool = False
    lines: list[Line] = field(default_factory=list)
    header: tuple[str, ...] = ()
    whole: bool = True

    @property
    def unit(self) -> str:
        """What a row is called."""
        return UNITS[self.kind]


def look_at(path: Path, *, sheet: str | None = None) -> Look:
    """Raises LogError for what `kesu review` cannot read either."""
    kind = kind_of(path, wanted=None)
    problems = Problems(path.name, UNITS[kind])
    look = Look(path.name, kind)
    if kind == "xes":
        _events(path, look, problems)
    elif kind == "xlsx":
        _sheet(path, look, sheet, problems)
    else:
        look.encoding, _ = encoding_of(path, wanted=None, problems=problems)
        look.delimiter = _delimiter(path, look.encoding)
        _keep(look, _text_lines(path, look, problems))
    if not look.lines:
        raise problems.stop(Text("文件里没有内容", "the file holds nothing"))
    return look


def _text_lines(path: Path, look: Look, problems: Problems) -> Iterator[Line]:
    lines = csv_lines(path, encoding=look.encoding, delimiter=look.delimiter, problems=problems)
    for number, (place, cells) in enumerate(lines, start=1):
        if any(cells) and cells != [END_OF_FILE]:
            yield Line(number, place, tuple(_short(cell) for cell in cells))


def _delimiter(path: Path, encoding: str) -> str:
    """What divides most lines into the same number of cells, and into the most."""
    with path.open(encoding=encoding, newline="") as text:
        sample = [text.readline(LONGEST_SAMPLE) for _ in range(SAMPLE)]
    return max(DELIMITERS, key=lambda one: _divides(sample, one))


def _divides(sample: list[str], delimiter: str) -> tuple[int, int]:
    try:
        counts = [len(cells) for cells in csv.reader(sample, delimiter=delimiter) if any(cells)]
    except csv.Error:
        return 0, 0
    usual = max(set(counts), key=counts.count, default=1)
    return (counts.count(usual) if usual > 1 else 0), usual


def _sheet(path: Path, look: Look, wanted: str | None, problems: Problems) -> None:
    with opened_book(path, problems) as book:
        sheets = chosen_sheets(book, FileFormat(sheets=(wanted,) if wanted else ()), problems)
        rows = {sheet.title: book.rows_in(sheet) for sheet in book.sheets}
        chosen = sheets[0]
        if not wanted:
            fullest = max(_seen(book), key=lambda sheet: rows[sheet.title], default=chosen)
            if rows[chosen.title] * 10 < rows[fullest.title]:  # a cover before the ledger itself
                chosen, look.named_sheet = fullest, True
        look.sheet, look.named_sheet = chosen.title, look.named_sheet or bool(wanted)
        look.other_sheets = [title for title, count in rows.items() if count and title != chosen.title]
        _keep(look, _sheet_lines(book, chosen))


def _seen(book: Book) -> list[Any]:
    return [sheet for sheet in book.sheets if sheet.sheet_state == "visible"]


def _sheet_lines(book: Book, sheet: Any) -> Iterator[Line]:
    for row in book.rows(sheet):
        cells = tuple(_of_sheet(row.cells.get(column)) for column in range(1, max(row.cells, default=0) + 1))
        if any(cell != "" for cell in cells):
            yield Line(row.number, row.number, cells)


def _of_sheet(value: Any) -> Cell:
    return value if isinstance(value, date) else _short(cell_text(value))


def _events(path: Path, look: Look, problems: Problems) -> None:
    names: dict[str, int] = {}
    kept: list[tuple[int, dict[str, Cell]]] = []
    cells = 0
    for row in xes_rows(path, needed=(), problems=problems, remarks=Remarks(look.unit)):
        if len(kept) == MOST_LINES or cells > MOST_CELLS:
            look.whole = False
            break
        for name in row.cells:
            names.setdefault(name, len(names))
        kept.append((row.place, {name: _short(str(cell)) for name, cell in row.cells.items()}))
        cells += len(row.cells)
    look.header = tuple(names)[:WIDEST_LINE]
    look.lines = [Line(place, place, tuple(row.get(name, "") for name in look.header)) for place, row in kept]


def _keep(look: Look, lines: Iterator[Line]) -> None:
    cells = 0
    for line in lines:
        if len(look.lines) == MOST_LINES or cells > MOST_CELLS:
            look.whole = False
            return
        look.lines.append(Line(line.number, line.place, line.cells[:WIDEST_LINE]))
        cells += min(len(line.cells), WIDEST_LINE)


def _short(cell: str) -> str:
    return cell.strip()[:WIDEST]
