"""From a row to the acts that it tells of, through the mapping."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NoReturn

from kesu.names import PersonId, PostName, StepName
from kesu.procedure import words
from kesu.procedure.history.act import Act, Value
from kesu.procedure.words.names import STEP
from kesu.reading.strict import suggestion
from kesu.reading.text import Text

from .mapping import EMPTY, IGNORED, NOT_EMPTY, ActColumns, LogMapping, Source, Times
from .moments import NoMoment, moment, moment_of_two
from .remarks import Remarks
from .rows import Cell, Problems, Row


@dataclass(frozen=True, slots=True)
class LoggedAct:
    """One act as a row tells it, before it has a number."""

    step: StepName
    at: datetime
    noted: datetime
    by: PersonId | None
    post: PostName | None
    facts: Mapping[str, Value]
    place: int
    sheet: str = ""

    def act(self, number: int, unit: str) -> Act:
        """The act under its number in the case, with the place in the file that it comes from."""
        return Act(
            number=number,
            step=self.step,
            at=self.at,
            noted=self.noted,
            by=self.by,
            post=self.post,
            facts=self.facts,
            origin=f"{self.sheet} {unit} {self.place}" if self.sheet else f"{unit} {self.place}",
        )


class BadCell(ValueError):
    """A cell that cannot be taken: its column, what it holds and why."""

    def __init__(self, column: str, value: object, reason: Text) -> None:
        super().__init__(reason.en)
        self.column, self.value, self.reason = column, value, reason


def acts_of(
    row: Row, *, mapping: LogMapping, problems: Problems, remarks: Remarks
) -> Iterator[tuple[str, LoggedAct]]:
    """The acts of a row, each with its case; what cannot be taken becomes a problem, what is left out is remarked."""
    remarks.rows += 1
    if (mapping.only or mapping.without) and _left_out(row, mapping, remarks):
        return
    case = _cell(row, mapping.case)
    if not case:
        problems.add(row.place, NO_NUMBER, column=mapping.case, sheet=row.sheet)
        return
    for columns in mapping.acts:
        try:
            act = _act(row, columns, mapping.times, remarks)
        except BadCell as bad:
            problems.add(row.place, bad.reason, column=bad.column, value=bad.value, sheet=row.sheet)
            continue
        if act is not None:
            yield case, act


NO_NUMBER = Text(
    "案件编号是空的；如果是合并单元格，请在 file 里写 fill down: [这一列]；合计、签名等行可用 except 或 stop at 略去",
    "the number of the case is empty; for merged cells write fill down: [this column] under “file”; a line with a total or a signature can be left out by “except” or “stop at”",
)


def _left_out(row: Row, mapping: LogMapping, remarks: Remarks) -> bool:
    """Whether `only` or `except` leaves the row out; it is counted, with its case."""
    for column, values in mapping.only:
        text = _cell(row, column)
        if text not in values and not (text and NOT_EMPTY in values):
            return _counted_out(row, mapping, remarks, f"only: {column}", text)
    for column, values in mapping.without:
        text = _cell(row, column)
        if (text or EMPTY) in values:
            return _counted_out(row, mapping, remarks, f"except: {column}", text)
    return False


def _counted_out(row: Row, mapping: LogMapping, remarks: Remarks, key: str, value: str) -> bool:
    remarks.filtered.setdefault(key, Counter())[value[:40]] += 1
    case = _cell(row, mapping.case)
    if case:
        remarks.cases_filtered.add(case)
    return True


def _act(row: Row, columns: ActColumns, times: Times, remarks: Remarks) -> LoggedAct | None:
    step = _word(row, columns.step)
    if step is None:
        return None
    if step == IGNORED:
        remarks.ignored[_cell(row, columns.step.column or "")] += 1
        return None
    if columns.skip_empty and _no_time(row, columns.at, times):
        remarks.no_time[columns.at] += 1
        return None
    remarks.reopened += step == STEP.REOPENED
    at = _moment(row, columns.at, columns.at_time, times)
    noted = at
    if columns.noted and not _no_time(row, columns.noted, times):
        noted = _moment(row, columns.noted, columns.noted_time, times)
    if noted < at:
        said = Text(f"记录时间早于发生时间（{columns.at}）", f"was noted before it happened ({columns.at})")
        raise BadCell(columns.noted or "", _cell(row, columns.noted or ""), said)
    return LoggedAct(
        step=StepName(step),
        at=at,
        noted=noted,
        by=_person(row, columns.by),
        post=_post(row, columns.post),
        facts={word: value for word, source in columns.facts for value in _fact(row, word, source, times)},
        place=row.place,
        sheet=row.sheet,
    )


def _person(row: Row, column: str | None) -> PersonId | None:
    """Who acted; None where the log has no such column, or the cell is empty."""
    by = _cell(row, column) if column else ""
    return PersonId(by) if by else None


def _post(row: Row, source: Source | None) -> PostName | None:
    """The post he acted in, as the mapping has it."""
    post = _word(row, source) if source else None
    return None if post is None else PostName(post)


def _cell(row: Row, column: str) -> str:
    return _text(row.cells.get(column, ""))


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell.strip()
    return cell.isoformat(sep=" ") if isinstance(cell, datetime) else cell.isoformat()


def _word(row: Row, source: Source) -> str | None:
    """The word of a source; None for an empty cell that the table does not know."""
    if source.column is None:
        return source.fixed
    return _looked_up(_cell(row, source.column), source)


def _looked_up(text: str, source: Source) -> str | None:
    if source.table is None:
        return text or None
    if text in source.table:
        return source.table[text]
    if source.other is not None:
        return source.other
    if not text:
        raise BadCell(source.column or "", "", Text("是空的", "is empty"))
    en, zh = suggestion(text, source.table)
    raise BadCell(
        source.column or "",
        text,
        Text(f"对照表里没有这个值{zh}", f"the table of the mapping does not know it{en}"),
    )


def _no_time(row: Row, column: str, times: Times) -> bool:
    text = _cell(row, column)
    return not text or text in times.none


def _moment(row: Row, column: str, clock: str | None, times: Times) -> datetime:
    cell: Cell = row.cells.get(column, "")
    if isinstance(cell, str) and not cell.strip():
        raise BadCell(column, "", Text("缺少时间", "the time is missing"))
    try:
        if clock is not None:
            return moment_of_two(cell, row.cells.get(clock, ""), times=times)
        return moment(cell, times=times)
    except NoMoment as error:
        raise BadCell(column, cell, error.reason) from None


def _fact(row: Row, word: str, source: Source, times: Times) -> list[Value]:
    """No value (the cell is empty: not on record), or one; None is the answer “not known”."""
    if source.column is None:
        return [source.fixed]
    text = _cell(row, source.column)
    if text in source.unknown:
        return [None]
    if not text and (source.table is None or "" not in source.table):
        return []
    return [words.facts()[word].kind.from_cell(_Cell(row.cells[source.column], word, source, times))]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell that brings a fact, as kinds read it."""

    cell: Cell
    word: str
    source: Source
    times: Times

    def text(self) -> str:
        return _text(self.cell)

    def parts(self) -> list[str]:
        text, separator = self.text(), self.source.separator
        return [part for each in (text.split(separator) if separator else [text]) if (part := each.strip())]

    def value_of(self, text: str) -> str:
        value, choices = _looked_up(text, self.source) or "", words.facts()[self.word].choices
        if choices and value not in choices:
            en, zh = suggestion(value, choices)
            self.refuse(value, Text(f"“{self.word}”没有这个值{zh}", f"“{self.word}” has no such value{en}"))
        return value

    def moment(self) -> datetime:
        return self._read(self.times)

    def day(self) -> date:
        return self._read(replace(self.times, day_alone="start")).date()

    def refuse(self, value: object, reason: Text) -> NoReturn:
        """Raises BadCell with the column of the cell, and what is wrong with the value."""
        raise BadCell(self.source.column or "", value, reason)

    def _read(self, times: Times) -> datetime:
        try:
            return moment(self.cell, times=times)
        except NoMoment as error:
            self.refuse(self.cell, error.reason)
