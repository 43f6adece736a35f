"""A number, as exact as it was written."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Final

from kesu.reading.text import Text

from .kind import Cell, Kind, Value

DIGITS: Final = 20  # digits before the point and behind it; a figure beyond is none


def number(value: Value) -> Decimal | None:
    """A value as an exact number; None for what is none, or is not finite."""
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return None
    return exact if exact.is_finite() else None


def summand(value: Value) -> Decimal | None:
    """A number on record that can be added up; None for what is none, or is beyond everything that can be settled."""
    exact = number(value)
    if exact is None:
        return None
    exponent = exact.as_tuple().exponent
    beyond = not isinstance(exponent, int) or exact.adjusted() > DIGITS or exponent < -DIGITS
    return None if beyond else exact


class Number(Kind):
    """Written in digits, without a unit; kept as text so that 1.10 stays 1.10."""

    name = "number"
    tells_alike = True
    summed = True
    single_figure = True
    spoken = True
    hint = Text("只填数字，不写单位", "digits only, without the unit")

    def from_cell(self, cell: Cell) -> Value:
        value = cell.value_of(cell.text())
        if number(value) is None:
            cell.refuse(value, Text("不是数字", "is no number"))
        return value

    def wrong(self, value: Value, allowed: Sequence[str]) -> Text | None:
        if number(value) is None:
            return Text(f"应是数字，不是“{value}”", f"has to be a number, not “{value}”")
        return None

    def adds(self, value: Value, *, in_units: bool) -> Decimal | None:
        return summand(value)


NUMBER = Number()
