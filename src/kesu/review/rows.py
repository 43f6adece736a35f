"""A row of a log as its file has it, and what is said when rows cannot be taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from kesu.reading.text import Lang, Text

Cell = str | date | datetime  # a date alone: a day of which no time is known

LISTED: Final = 20  # problems told one by one; the rest is counted
PLACES: Final[Mapping[str, Text]] = {
    "line": Text("第 {} 行", "line {}"),
    "row": Text("第 {} 行", "row {}"),
    "event": Text("第 {} 个事件", "event {}"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands (line of a CSV, row of a sheet, event of an XES) and its cells by column.

    `sheet` names the sheet where several are read.
    """

    place: int
    cells: Mapping[str, Cell]
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why one row, or the file when `place` is 0, cannot be taken, and what to do about it."""

    place: int
    reason: Text
    column: str = ""
    value: str = ""
    sheet: str = ""


class LogError(Exception):
    """A log that is refused whole: nothing of it is judged or brought in."""

    def __init__(self, *, file: str, unit: str, problems: list[Problem], count: int) -> None:
        super().__init__(f"{file}: {count} problems")
        self.file, self.unit, self.problems, self.count = file, unit, problems, count

    def in_(self, lang: Lang) -> str:
        """The whole refusal, a line a problem, in one language."""
        lines = [self._line(problem, lang) for problem in self.problems]
        more = self.count - len(self.problems)
        if more:
            lines.append(Text(f"……另有 {more} 处", f"… and {more} more").in_(lang))
        if self.count > 1:
            head = Text(
                f"{self.file}：{self.count} 处不能读取，整份文件未予采用。",
                f"{self.file}: {self.count} places cannot be read, so nothing of the file was taken",
            )
            lines.insert(0, head.in_(lang))
        return "\n".join(lines)

    def _line(self, problem: Problem, lang: Lang) -> str:
        place = f" {PLACES[self.unit].in_(lang).format(problem.place)}" if problem.place else ""
        if problem.sheet:
            place = Text(f" 工作表“{problem.sheet}”{place}", f" sheet “{problem.sheet}”,{place}").in_(lang)
        if lang == "zh":
            column = f"，“{problem.column}”列" if problem.column else ""
            value = f"，值“{problem.value}”" if problem.value else ""
            return f"{self.file}{place}{column}{value}：{problem.reason.zh}"
        column = f", column “{problem.column}”" if problem.column else ""
        value = f", value “{problem.value}”" if problem.value else ""
        comma = "," if problem.place else ""
        return f"{self.file}{comma}{place}{column}{value}: {problem.reason.en}"


@dataclass(slots=True)
class Problems:
    """The problems of one file while it is read; the first ones are kept, all are counted."""

    file: str
    unit: str
    kept: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, place: int, reason: Text, *, column: str = "", value: object = "", sheet: str = "") -> None:
        """One more problem; a long value is cut."""
        self.count += 1
        if len(self.kept) < LISTED:
            text = " ".join(str(value).split())
            short = text if len(text) <= 40 else text[:39] + "…"
            self.kept.append(Problem(place, reason, column, short, sheet))

    def check(self) -> None:
        """Raises LogError when there is any."""
        if self.count:
            raise LogError(file=self.file, unit=self.unit, problems=self.kept, count=self.count)

    def stop(self, reason: Text, *, place: int = 0, column: str = "") -> LogError:
        """The error after which nothing more of the file can be read; to be raised."""
        self.add(place, reason, column=column)
        return LogError(file=self.file, unit=self.unit, problems=self.kept, count=self.count)
