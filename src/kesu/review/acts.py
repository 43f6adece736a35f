"""From a row to the acts that it tells of, through the mapping."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from kesu.casework.deciding.wrong_lines import wrong_lines
from kesu.procedure import words
from kesu.procedure.history.act import Act, Value
from kesu.reading.strict import suggestion
from kesu.reading.text import Text

from .mapping import IGNORED, ActColumns, LogMapping, Source, Times
from .moments import NoMoment, moment
from .rows import Cell, Problems, Row


@dataclass(frozen=True, slots=True)
class Told:
    """One act as a row tells it, before it has a number."""

    step: str
    at: datetime
    noted: datetime
    by: str | None
    post: str | None
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

    def __init__(self, column: str, value: object, said: Text) -> None:
        super().__init__(said.en)
        self.column, self.value, self.said = column, value, said


def told(row: Row, *, mapping: LogMapping, problems: Problems) -> Iterator[tuple[str, Told]]:
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
            problems.add(row.place, bad.said, column=bad.column, value=bad.value)
            continue
        if act is not None:
            yield case, act


def _act(row: Row, columns: ActColumns, times: Times) -> Told | None:
    step = _word(row, columns.step)
    if step is None or step == IGNORED or (columns.skip_empty and not _cell(row, columns.at)):
        return None
    at = _moment(row, columns.at, times)
    noted = _moment(row, columns.noted, times) if columns.noted and _cell(row, columns.noted) else at
    if noted < at:
        said = Text(f"记录时间早于发生时间（{columns.at}）", f"was noted before it happened ({columns.at})")
        raise BadCell(columns.noted or "", _cell(row, columns.noted or ""), said)
    return Told(
        step=step,
        at=at,
        noted=noted,
        by=(_cell(row, columns.by) or None) if columns.by else None,
        post=_word(row, columns.post) if columns.post else None,
        facts={word: value for word, source in columns.facts for value in _fact(row, word, source, times)},
        place=row.place,
    )


def _cell(row: Row, column: str) -> str:
    cell = row.cells.get(column, "")
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
        raise BadCell(column, cell, error.said) from None


def _fact(row: Row, word: str, source: Source, times: Times) -> list[Value]:
    """No value (the cell is empty: not on record), or one; None is the answer “not known”."""
    if source.column is None:
        return [source.fixed]
    text = _cell(row, source.column)
    if text in source.unknown:
        return [None]
    if not text and (source.table is None or "" not in source.table):
        return []
    fact = words.facts()[word]
    if fact.kind in ("list", "things", "persons", "units"):
        parts = [part.strip() for part in text.split(source.separator)] if source.separator else [text]
        return [[_value(part, fact, source, times) for part in parts if part]]
    return [
        _value(row.cells[source.column] if fact.kind in ("instant", "date") else text, fact, source, times)
    ]


def _value(cell: Cell, fact: words.FactWord, source: Source, times: Times) -> Value:
    column = source.column or ""
    if fact.kind in ("instant", "date"):
        try:
            return _day_or_instant(cell, fact.kind, times)
        except NoMoment as error:
            raise BadCell(column, cell, error.said) from None
    assert isinstance(cell, str)
    if fact.kind == "lines":
        return _lines(cell, column)
    value = _looked_up(cell, source) or ""
    if fact.choices and value not in fact.choices:
        en, zh = suggestion(value, fact.choices)
        raise BadCell(
            column, value, Text(f"“{fact.name}”没有这个值{zh}", f"“{fact.name}” has no such value{en}")
        )
    if fact.kind in ("number", "money") and not _is_number(value):
        raise BadCell(column, value, Text("不是数字", "is no number"))
    return value


def _lines(text: str, column: str) -> Value:
    """Lines stand in a cell as JSON: [{"article": "…", "quantity": "3", "price": "19.90"}]; figures stay as written."""
    try:
        value = json.loads(text, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        said = Text(
            '应是 JSON 明细，如 [{"article": "盒装奶", "quantity": "3", "price": "19.90"}]',
            'has to be lines in JSON, such as [{"article": "milk", "quantity": "3", "price": "19.90"}]',
        )
        raise BadCell(column, text, said) from None
    if (wrong := wrong_lines(value)) is not None:
        raise BadCell(column, text, wrong)
    return value


def _day_or_instant(cell: Cell, kind: str, times: Times) -> str:
    if kind == "date":
        eased = Times(times.zone, times.written, "start")
        return moment(cell, times=eased).date().isoformat()
    return moment(cell, times=times).isoformat()


def _is_number(value: str) -> bool:
    try:
        return Decimal(value).is_finite()
    except InvalidOperation:
        return False
