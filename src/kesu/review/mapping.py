"""A mapping: which columns of somebody else's log give the case, the step, the time, the person and the facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal
from zoneinfo import ZoneInfo

from kesu.procedure.history.act import Shown
from kesu.reading.text import Text

IGNORED: Final = "ignore"  # in a table: such a row brings no act

DayAlone = Literal["start", "end", "refuse"]


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
    """How one row gives one act."""

    step: Source
    at: str
    noted: str | None = None
    by: str | None = None
    post: Source | None = None
    facts: tuple[tuple[str, Source], ...] = ()
    skip_empty: bool = False

    def columns(self) -> tuple[str, ...]:
        """Every column that it reads."""
        sources = [self.step, *([self.post] if self.post else []), *(source for _, source in self.facts)]
        named = [self.at, self.noted, self.by, *(source.column for source in sources)]
        return tuple(dict.fromkeys(name for name in named if name))


@dataclass(frozen=True, slots=True)
class FileFormat:
    """How the file is written; None where the file says it itself."""

    kind: str | None = None
    encoding: str | None = None
    delimiter: str = ","
    sheet: str | None = None
    header_row: int = 1


@dataclass(frozen=True, slots=True)
class Times:
    """How times are written and in which zone; `day_alone` places a date that has no time of day."""

    zone: ZoneInfo
    written: tuple[str, ...] = ("iso",)
    day_alone: DayAlone = "refuse"


@dataclass(frozen=True, slots=True)
class LogMapping:
    """The whole mapping. `complete`: a case is over at its last row, whether or not an ending step is there."""

    name: str
    title: Text
    file: FileFormat
    times: Times
    case: str
    acts: tuple[ActColumns, ...]
    shown: Shown
    complete: bool = False
    only: tuple[tuple[str, frozenset[str]], ...] = ()

    def columns(self) -> tuple[str, ...]:
        """Every column that the file must have."""
        named = [self.case, *(column for column, _ in self.only)]
        for act in self.acts:
            named.extend(act.columns())
        return tuple(dict.fromkeys(named))
