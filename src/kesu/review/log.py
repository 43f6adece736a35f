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
from .instants import edge_sentences
from .kinds_of_file import kind_of
from .mapping import LogMapping
from .prepared import prepared
from .remarks import Remarks, cases_gone
from .rows import Problems, Row
from .xes_rows import xes_rows
from .xlsx_rows import xlsx_rows

UNITS: Final = {"csv": "line", "xlsx": "row", "xes": "event"}
EXPECTED: Final = {"rows": ("行", "rows"), "cases": ("件", "cases"), "acts": ("个动作", "acts")}


@dataclass(slots=True)
class Log:
    """A log that has been read: its cases, how many acts they hold and between which instants."""

    name: str
    shown: Shown
    complete: bool
    notes: list[Text] = field(default_factory=list)
    digest: str = ""
    gathered: Gathered | None = None
    remarks: Remarks | None = None
    mapping: LogMapping | None = None

    def sentences(self, *, now: datetime | None = None) -> Iterator[Text]:
        """What was left out or taken together, how much, and why; and what stands out. `now`: what is later is the future."""
        if self.remarks is None or self.gathered is None or self.mapping is None:
            return
        gathered = self.gathered
        yield from self.remarks.sentences()
        yield from cases_gone(self.remarks, gathered.numbers.places)
        yield from gathered.numbers.sentences()
        yield from gathered.ties.sentences(
            newest_first=gathered.newest_first,
            recognised=gathered.order_recognised and gathered.ties.acts > 0,
            skipped=self.mapping.once,
        )
        yield from edge_sentences(gathered.first_edge, gathered.last_edge, unit=self.remarks.unit, now=now)

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
    kind = kind_of(path, wanted=mapping.file.kind)
    unit = UNITS[kind]
    problems, remarks = Problems(path.name, unit), Remarks(unit)
    notes: list[Text] = []
    gathered = Gathered(
        zone=mapping.times.zone,
        unit=unit,
        in_memory=in_memory,
        order=mapping.file.order,
        skip_doubles=mapping.once,
    )
    try:
        rows = _rows(path, kind, mapping, problems, remarks, notes)
        for row in prepared(rows, mapping, remarks):
            for case, act in acts_of(row, mapping=mapping, problems=problems, remarks=remarks):
                gathered.add(case, act)
        problems.check()
        if not len(gathered):
            raise problems.stop(Text("文件里没有可以审查的记录", "the file holds nothing to judge"))
        gathered.complete()
        _expected(mapping, remarks, gathered, problems)
    except BaseException:
        gathered.close()
        raise
    return Log(path.name, mapping.shown, mapping.complete, notes, _digest(path), gathered, remarks, mapping)


def _expected(mapping: LogMapping, remarks: Remarks, gathered: Gathered, problems: Problems) -> None:
    """Raises LogError where there are not as many rows, cases or acts as the mapping says."""
    counts = {"rows": remarks.rows, "cases": len(gathered), "acts": gathered.events}
    for name, wanted in mapping.expects.items():
        if counts[name] != wanted:
            zh, en = EXPECTED[name]
            problems.add(
                0,
                Text(
                    f"映射说有 {wanted} {zh}，文件里是 {counts[name]} {zh}",
                    f"the mapping expects {wanted} {en}, the file has {counts[name]}",
                ),
            )
    problems.check()


def _rows(
    path: Path, kind: str, mapping: LogMapping, problems: Problems, remarks: Remarks, notes: list[Text]
) -> Iterator[Row]:
    file, needed = mapping.file, mapping.columns()
    if kind == "xlsx":
        return xlsx_rows(path, file=file, needed=needed, problems=problems, remarks=remarks)
    if kind == "xes":
        return xes_rows(path, needed=needed, problems=problems, remarks=remarks)
    encoding, said = encoding_of(path, wanted=file.encoding, problems=problems)
    notes.extend(said)
    return csv_rows(
        path,
        encoding=encoding,
        file=file,
        needed=needed,
        problems=problems,
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
