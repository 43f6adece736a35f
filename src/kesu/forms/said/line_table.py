"""A list of lines as people read it: a small table with its sums, or one sentence where there is no room for one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kesu.procedure.kinds.line_sums import Line, number_text, read_lines, total, units, yuan
from kesu.procedure.kinds.lines import LINES
from kesu.procedure.words import FactWord


@dataclass(frozen=True, slots=True)
class Row:
    """One article; `price` and `amount` in yuan, empty where there is no price."""

    article: str
    quantity: str
    price: str = ""
    amount: str = ""


@dataclass(frozen=True, slots=True)
class LineTable:
    """The rows and what they come to; `priced`: at least one has a price. `amount` is empty unless all have."""

    rows: tuple[Row, ...]
    quantity: str
    amount: str
    priced: bool


def line_table(word: FactWord, value: Any) -> LineTable | None:
    """The table of a fact of the kind lines; None for any other, and for what cannot be read as lines."""
    lines = read_lines(value) if word.kind is LINES else None
    if not lines:
        return None
    come = total(lines)
    return LineTable(
        rows=tuple(map(_row, lines)),
        quantity=number_text(units(lines)),
        amount=yuan(come) if come is not None else "",
        priced=any(line.price is not None for line in lines),
    )


def _row(line: Line) -> Row:
    if line.price is None:
        return Row(line.article, number_text(line.quantity))
    return Row(line.article, number_text(line.quantity), yuan(line.price), yuan(total([line]) or Decimal(0)))
