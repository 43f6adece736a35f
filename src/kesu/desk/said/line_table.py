"""A list of lines as people read it: a small table with its sums, or one sentence where there is no room for one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kesu.procedure.history.lines import Line, plain, read_lines, total, units
from kesu.procedure.words import FactWord
from kesu.reading.text import Text


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
    lines = read_lines(value) if word.kind == "lines" else None
    if not lines:
        return None
    come = total(lines)
    return LineTable(
        rows=tuple(map(_row, lines)),
        quantity=plain(units(lines)),
        amount=_yuan(come) if come is not None else "",
        priced=any(line.price is not None for line in lines),
    )


def lines_in_one(value: Any) -> Text:
    """盒装奶 3 × 19.90 元；茶 1"""
    lines = read_lines(value)
    if lines is None:
        return Text(str(value), str(value))
    return Text(
        "；".join(_said(line, "× {} 元") for line in lines),
        "; ".join(_said(line, "× CNY {}") for line in lines),
    )


def _said(line: Line, priced: str) -> str:
    said = f"{line.article} {plain(line.quantity)}"
    return said if line.price is None else f"{said} {priced.format(_yuan(line.price))}"


def _row(line: Line) -> Row:
    if line.price is None:
        return Row(line.article, plain(line.quantity))
    return Row(line.article, plain(line.quantity), _yuan(line.price), _yuan(total([line]) or Decimal(0)))


def _yuan(amount: Decimal) -> str:
    """With two decimals, or as many as it has beyond."""
    said = plain(amount)
    whole, _, cents = said.partition(".")
    return f"{whole}.{cents:0<2}"
