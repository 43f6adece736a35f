"""A mapping: which columns of somebody else's log give the case, the step, the time, the person and the facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo

from kesu.procedure.history.act import Shown
from kesu.reading.text import Text

IGNORED: Final = "ignore"  # in a table: such a row brings no act

DayAlone = Literal["start", "end", "refuse"]
Order = Literal["newest first", "oldest first"]
SERIAL: Final = "serial"  # days since the end of 1899, as a spreadsheet counts them
SECONDS: Final = "seconds since 1970"
MILLISECONDS: Final = "milliseconds since 1970"
NUMBERS: Final = frozenset({SERIAL, SECONDS, MILLISECONDS})  # forms of a time that are plain numbers
NOT_EMPTY: Final = "not empty"  # in `only`: whatever stands there
EMPTY: Final = "empty"  # in `except`: nothing stands there


@dataclass(frozen=True, slots=True)
class Source:
    """Where one word comes from: a column, read through a table or as it stands, or the same for every row."""

    column: str | None = None
    table: Mapping[str, str] | None = None
    other: str | None = None
    fixed: str | None = None
    separator: str | None = None
    unknown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ActColumns:
    """How one row gives one act. `at_time`, `noted_time`: where the time of day stands in a column of its own."""

    step: Source
    at: str
    noted: str | None = None
    at_time: str | None = None
    noted_time: str | None = None
    by: str | None = None
    post: Source | None = None
    facts: tuple[tuple[str, Source], ...] = ()
    skip_empty: bool = False

    def columns(self) -> tuple[str, ...]:
        """Every column that it reads."""
        sources = [self.step, *([self.post] if self.post else []), *(source for _, source in self.facts)]
        named = [
            self.at,
            self.at_time,
            self.noted,
            self.noted_time,
            self.by,
            *(source.column for source in sources),
        ]
        return tuple(dict.fromkeys(name for name in named if name))


@dataclass(frozen=True, slots=True)
class FileFormat:
    """How the file is written; None where the file says it itself.

    - `sheets`: those to read, in this order; none named: the first that is not hidden, or all with `all_sheets`.
    - `order`: of lines that tell of one instant; None: as the file shows it. `fill_down`: columns in which an empty cell
      has what stands above it. `stop_at`: the reading ends at a row that begins with one of these words.
    - `fill_rows`: a line with too few cells has empty ones at its end.
    """

    kind: str | None = None
    encoding: str | None = None
    delimiter: str = ","
    sheets: tuple[str, ...] = ()
    all_sheets: bool = False
    header_row: int = 1
    order: Order | None = None
    fill_down: tuple[str, ...] = ()
    stop_at: tuple[str, ...] = ()
    fill_rows: bool = False


@dataclass(frozen=True, slots=True)
class Times:
    """How times are written and in which zone; `day_alone` places a date that has no time of day.

    `none`: words that say that there is no time. `year`: of forms that have none.
    """

    zone: ZoneInfo
    written: tuple[str, ...] = ("iso",)
    day_alone: DayAlone = "refuse"
    none: frozenset[str] = frozenset()
    year: int | None = None


@dataclass(frozen=True, slots=True)
class LogMapping:
    """The whole mapping. `complete`: a case is over at its last row, whether or not an ending step is there.

    Rows are read where every column of `only` has one of its values, and no column of `without` has one of its own.
    `once`: rows that say the same of a case count once. `expects`: how many rows, cases or acts there have to be.
    `calendar`: the file of the calendar by which days are counted.
    """

    name: str
    title: Text
    file: FileFormat
    times: Times
    case: str
    acts: tuple[ActColumns, ...]
    shown: Shown
    complete: bool = False
    only: tuple[tuple[str, frozenset[str]], ...] = ()
    without: tuple[tuple[str, frozenset[str]], ...] = ()
    once: bool = False
    expects: Mapping[str, int] = field(default_factory=dict)
    calendar: Path | None = None

    def columns(self) -> tuple[str, ...]:
        """Every column that the file must have."""
        named = [self.case, *(column for column, _ in (*self.only, *self.without)), *self.file.fill_down]
        for act in self.acts:
            named.extend(act.columns())
        return tuple(dict.fromkeys(named))
