"""From a row to the acts that it tells of, through the mapping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NoReturn

from kesu.names import PersonId, PostName, StepName
from kesu.procedure import words
from kesu.procedure.history.act import Act, Value
from kesu.reading.strict import suggestion
from kesu.reading.text import Text

from .mapping import IGNORED, ActColumns, LogMapping, Source, Times
from .moments import NoMoment, moment
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
            origin=f"{unit} {self.place}",
        )


class BadCell(ValueError):
    """A cell that cannot be taken: its column, what it holds and why."""

    def __init__(self, column: str, value: object, reason: Text) -> None:
        super().__init__(reason.en)
        self.column, self.value, self.reason = column, value, reason


def acts_of(row: Row, *, mapping: LogMapping, problems: Problems) -> Iterator[tuple[str, LoggedAct]]:
    """The acts of a row, each with its case; what cannot be taken becomes a problem."""
    for column, values in mapping.only:
        if _cell(row, column) not in values:
            return
    case = _cell(row, mapping.case)
    if not case:
        problems.add(
            row.place, Text("案件编号是空的", "the number of the case is empty"), column=mapping.case
        )
        return
    for columns in mapping.acts:
        try:
            act = _act(row, columns, mapping.times)
        except BadCell as bad:
            problems.add(row.place, bad.reason, column=bad.column, value=bad.value)
            continue
        if act is not None:
            yield case, act


def _act(row: Row, columns: ActColumns, times: Times) -> LoggedAct | None:
    step = _word(row, columns.step)
    if step is None or step == IGNORED or (columns.skip_empty and not _cell(row, columns.at)):
        return None
    at = _moment(row, columns.at, times)
    noted = _moment(row, columns.noted, times) if columns.noted and _cell(row, columns.noted) else at
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
    return cell.strip() if isinstance(cell, str) else cell.isoformat(sep=" ")


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


def _moment(row: Row, column: str, times: Times) -> datetime:
    cell: Cell = row.cells.get(column, "")
    if isinstance(cell, str) and not cell.strip():
        raise BadCell(column, "", Text("缺少时间", "the time is missing"))
    try:
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
        return self._read(Times(self.times.zone, self.times.written, "start")).date()

    def refuse(self, value: object, reason: Text) -> NoReturn:
        """Raises BadCell with the column of the cell, and what is wrong with the value."""
        raise BadCell(self.source.column or "", value, reason)

    def _read(self, times: Times) -> datetime:
        try:
            return moment(self.cell, times=times)
        except NoMoment as error:
            self.refuse(self.cell, error.reason)
