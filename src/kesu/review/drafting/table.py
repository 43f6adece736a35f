"""From the lines of a file to a table: its header row, its columns, and what stands above and below that is no case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ..rows import Cell
from .hints import hints, plainly
from .look import WIDEST, Line, Look

HEADER_WITHIN: Final = 20  # lines
FOOT: Final = 12  # lines at the end among which totals and signatures are looked for
DATED: Final = frozenset("0123456789")


@dataclass(slots=True, eq=False)
class Column:
    """One column: its name, and its cells from top to bottom."""

    name: str
    cells: list[Cell]
    values: Counter[Cell] = field(init=False)
    filled: int = field(init=False)

    def __post_init__(self) -> None:
        self.values = Counter(cell for cell in self.cells if cell != "")
        self.filled = self.values.total()

    @property
    def empty(self) -> int:
        """How many of its cells hold nothing."""
        return len(self.cells) - self.filled


@dataclass(slots=True)
class Table:
    """The rows that tell of cases. `header`: its line; `below`: the names in a second header line, by column.

    `short`, `long`: lines with too few cells, and with more than the header has names for. `foot`: words with which the
    lines begin that end the table; `within`: such lines in its midst.
    """

    columns: list[Column]
    rows: list[Line]
    header: Line | None = None
    first: bool = True
    titles: list[str] = field(default_factory=list)
    second: Line | None = None
    doubled: list[str] = field(default_factory=list)
    short: list[int] = field(default_factory=list)
    long: list[int] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)
    within: list[Line] = field(default_factory=list)

    def named(self, name: str) -> Column:
        """The column of a name."""
        return next(column for column in self.columns if column.name == name)


def table_of(look: Look) -> Table:
    """The table in a look."""
    if look.header:
        return Table([_column(name, place, look.lines) for place, name in enumerate(look.header)], look.lines)
    place = _header_place(look.lines)
    header, body = look.lines[place], look.lines[place + 1 :]
    names = [_name(cell) for cell in header.cells]
    foot, within, body = _without_totals(body, whole=look.whole)
    table = Table([], body, header, first=place == 0, foot=foot, within=within)
    table.titles = [text for line in look.lines[:place] for cell in line.cells if (text := _name(cell))]
    table.doubled = [name for name, count in Counter(names).items() if name and count > 1]
    _second_line_and_lengths(table, len(names), csv=look.kind == "csv")
    usable = [name and name not in table.doubled and len(name) < WIDEST for name in names]
    table.columns = [_column(name, at, body) for at, name in enumerate(names) if usable[at]]
    return table


def _second_line_and_lengths(table: Table, width: int, *, csv: bool) -> None:
    if table.header is not None and table.rows and _goes_on(table.header, table.rows[0]):
        table.second = table.rows[0]
    if csv:
        table.short = [line.place for line in table.rows if len(line.cells) < width]
        table.long = [line.place for line in table.rows if any(line.cells[width:])]


def first_text(line: Line) -> str:
    """What a line begins with."""
    return next((cell if isinstance(cell, str) else "" for cell in line.cells if cell != ""), "")


def _column(name: str, at: int, lines: list[Line]) -> Column:
    return Column(name, [line.cells[at] if at < len(line.cells) else "" for line in lines])


def _name(cell: Cell) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def _header_place(lines: list[Line]) -> int:
    """The line of the first ones that looks most like names of columns."""
    return max(
        range(min(len(lines), HEADER_WITHIN)), key=lambda place: (_like_a_header(lines[place]), -place)
    )


def _like_a_header(line: Line) -> int:
    texts = [cell for cell in line.cells if isinstance(cell, str) and cell]
    named = [text for text in texts if not DATED & set(text) and len(text) <= 40]
    known = sum(hints().is_a_name(text) for text in texts)
    return len(set(named)) + 3 * known - (len(line.cells) - len(texts)) - 2 * (len(texts) - len(set(texts)))


def _goes_on(header: Line, line: Line) -> bool:
    """Whether the line after the header names what the header leaves empty, as under a merged cell."""
    pairs = list(zip(header.cells, line.cells, strict=False))
    below = [lower for upper, lower in pairs if upper == "" and lower != ""]
    named = all(isinstance(cell, str) and not DATED & set(cell) for cell in line.cells)
    return bool(below) and named and any(lower == "" for upper, lower in pairs if upper != "")


def _without_totals(lines: list[Line], *, whole: bool) -> tuple[list[str], list[Line], list[Line]]:
    """Words of the foot where the table ends with one, those of lines in its midst, and the lines that are left."""
    marked = {at: word for at, line in enumerate(lines) if (word := _total(line))}
    end = next(_foot(marked, len(lines)), len(lines)) if whole else len(lines)
    within = [lines[at] for at in marked if at < end]
    foot = [marked[end]] if end in marked else []
    return foot, within, [line for at, line in enumerate(lines[:end]) if at not in marked]


def _foot(marked: dict[int, str], count: int) -> Iterator[int]:
    """The first marked line after which hardly anything but marked ones comes."""
    for at in sorted(marked):
        rest = count - at
        if rest <= FOOT and 2 * sum(later >= at for later in marked) >= rest:
            yield at


def _total(line: Line) -> str:
    """The word for a total, a note or a signature with which the line begins; none: it is a row."""
    text = first_text(line)
    plain = plainly(text)
    return next((text[: len(word)] for word in hints().totals if plain.startswith(plainly(word))), "")
