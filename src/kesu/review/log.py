"""Opens a log: reads every row through the mapping, and refuses the whole file when any row cannot be taken."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from kesu.procedure.history.act import Shown
from kesu.reading.text import Text

from .acts import acts_of
from .cases import IN_MEMORY, Gathered, LoggedCase
from .csv_rows import csv_rows, encoding_of
from .mapping import LogMapping
from .rows import Problems, Row
from .xes_rows import xes_rows
from .xlsx_rows import xlsx_rows

UNITS: Final = {"csv": "line", "xlsx": "row", "xes": "event"}
ENDINGS: Final = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xes": "xes",
    ".gz": "xes",
}


@dataclass(slots=True)
class Log:
    """A log that has been read: its cases, how many acts they hold and between which instants."""

    name: str
    shown: Shown
    complete: bool
    notes: list[Text] = field(default_factory=list)
    digest: str = ""
    gathered: Gathered | None = None

    def cases(self) -> Iterator[LoggedCase]:
        """Every case, in the order in which they first appear; may be asked again."""
        return self.gathered.cases() if self.gathered else iter(())

    def close(self) -> None:
        """Lets go of the temporary file of a large log."""
        if self.gathered is not None:
            self.gathered.close()

    @property
    def as_recorded(self) -> bool:
        """Whether what is now known of every case is what was recorded."""
        return self.gathered is None or self.gathered.as_recorded

    @property
    def events(self) -> int:
        """How many acts it holds."""
        return self.gathered.events if self.gathered else 0

    @property
    def last(self) -> datetime | None:
        """Its last instant."""
        return self.gathered.last if self.gathered else None

    @property
    def first(self) -> datetime | None:
        """Its first instant."""
        return self.gathered.first if self.gathered else None

    def __len__(self) -> int:
        return len(self.gathered) if self.gathered else 0


def open_log(path: Path, *, mapping: LogMapping, in_memory: int = IN_MEMORY) -> Log:
    """Reads a log. Raises LogError, which lists the rows that cannot be taken; then nothing of it is used.

    Memory holds up to `in_memory` acts; the rest is sorted in a temporary file.
    """
    kind = _kind(path, mapping)
    problems = Problems(path.name, UNITS[kind])
    notes: list[Text] = []
    gathered = Gathered(zone=mapping.times.zone, unit=UNITS[kind], in_memory=in_memory)
    try:
        for row in _rows(path, kind, mapping, problems, notes):
            for case, act in acts_of(row, mapping=mapping, problems=problems):
                gathered.add(case, act)
        problems.check()
        if not len(gathered):
            raise problems.stop(Text("文件里没有可以审查的记录", "the file holds nothing to judge"))
    except BaseException:
        gathered.close()
        raise
    return Log(path.name, mapping.shown, mapping.complete, notes, _digest(path), gathered)


def _rows(path: Path, kind: str, mapping: LogMapping, problems: Problems, notes: list[Text]) -> Iterator[Row]:
    file, needed = mapping.file, mapping.columns()
    if kind == "xlsx":
        return xlsx_rows(path, sheet=file.sheet, header_row=file.header_row, needed=needed, problems=problems)
    if kind == "xes":
        return xes_rows(path, needed=needed, problems=problems)
    encoding, said = encoding_of(path, wanted=file.encoding, problems=problems)
    notes.extend(said)
    return csv_rows(
        path,
        encoding=encoding,
        delimiter=file.delimiter,
        header_row=file.header_row,
        needed=needed,
        problems=problems,
    )


def _kind(path: Path, mapping: LogMapping) -> str:
    kind = mapping.file.kind or ENDINGS.get(path.suffix.lower())
    if kind is not None:
        return kind
    problems = Problems(path.name, "line")
    raise problems.stop(
        Text(
            "看不出是哪种文件；请用 .csv、.xlsx、.xes 或 .xes.gz",
            "cannot tell what kind of file this is; use .csv, .xlsx, .xes or .xes.gz",
        )
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
