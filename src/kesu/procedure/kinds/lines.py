"""A table of lines: article, quantity and, where there is one, the price in yuan."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from kesu.reading.keys import Keys
from kesu.reading.strict import Node
from kesu.reading.text import Text

from .kind import Cell, Filled, Given, Kind, Names, Value
from .line_sums import Line, number_text, read_lines, total, units, yuan
from .typed_figures import typed_amount, typed_figure
from .wrong_rows import wrong_lines


class Lines(Kind):
    """A list of {article, quantity, price}, figures as text; added up by `line_sums`, never compared."""

    name = "lines"
    one_text = False
    comparable = False
    summed = True
    never_below_0 = True
    hint = Text(
        "一行一种，空行不算；单价是元，没有就不填",
        "one article a row, empty rows do not count; the price in yuan, if there is one",
    )

    def _item(self, node: Node, *, word: str) -> Value:
        """One row, whose figures are looked at like those of any command."""
        keys = Keys(node, what="a line of a table")
        return typed_line({key: str(keys.text(key)) for key in keys.block})

    def from_form(self, filled: Filled, *, now: datetime, zone: str) -> Given | None:
        return Given([dict(row) for row in filled.rows]) if filled.rows else None

    def from_cell(self, cell: Cell) -> Value:
        """Lines stand in a cell as JSON; figures stay as written."""
        text = cell.text()
        try:
            value = json.loads(text, parse_int=str, parse_float=str)
        except (ValueError, RecursionError):
            cell.refuse(
                text,
                Text(
                    '应是 JSON 明细，如 [{"article": "盒装奶", "quantity": "3", "price": "19.90"}]',
                    'has to be lines in JSON, such as [{"article": "milk", "quantity": "3", "price": "19.90"}]',
                ),
            )
        value = [typed_line(row) for row in value] if isinstance(value, list) else value
        if (wrong := wrong_lines(value)) is not None:
            cell.refuse(text, wrong)
        return value

    def wrong(self, value: Value, allowed: Sequence[str]) -> Text | None:
        return wrong_lines(value)

    def adds(self, value: Value, *, in_units: bool) -> Decimal | None:
        lines = read_lines(value)
        return None if lines is None else units(lines) if in_units else total(lines)

    def in_words(self, value: Value, *, choices: Mapping[str, Text], names: Names) -> Text:
        """盒装奶 3 × 19.90 元；茶 1"""
        lines = read_lines(value)
        if lines is None:
            return Text(str(value), str(value))
        return Text(
            "；".join(_line_said(line, "× {} 元") for line in lines),
            "; ".join(_line_said(line, "× CNY {}") for line in lines),
        )


def typed_line(row: Any) -> Any:
    """One row as somebody typed it, its figures in the digits that go on record; what is no row stays as it is."""
    if not isinstance(row, dict):
        return row
    read: dict[str, Callable[[str], str]] = {"quantity": typed_figure, "price": typed_amount}
    return {
        key: read[key](value) if key in read and isinstance(value, str) else value
        for key, value in row.items()
    }


def _line_said(line: Line, priced: str) -> str:
    said = f"{line.article} {number_text(line.quantity)}"
    return said if line.price is None else f"{said} {priced.format(yuan(line.price))}"


LINES = Lines()
