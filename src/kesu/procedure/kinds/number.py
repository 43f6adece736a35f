"""A number, as exact as it was written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import ClassVar, Final

from kesu.reading.strict import Node
from kesu.reading.text import Text

from .kind import Cell, Filled, Given, Kind, Value
from .typed_figures import typed_figure

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
    """Written in digits, without a unit and never as 1e3; kept as text so that 1.10 stays 1.10.

    A kind of figure with a sign or a smallest unit of its own is a kind derived from this one: it says how its figures are
    `written` and what is `wanted` of one.
    """

    name = "number"
    tells_alike = True
    summed = True
    single_figure = True
    spoken = True
    hint = Text("只填数字，不写单位", "digits only, without the unit")
    written: ClassVar[re.Pattern[str]] = re.compile(r"-?\d{1,15}(\.\d{1,6})?", re.ASCII)
    wanted: ClassVar[Text] = Text("数字", "a number")

    def typed(self, text: str) -> str:
        """A figure as somebody typed it, in the digits that go on record; what is none stays as typed."""
        return typed_figure(text)

    def from_yaml(self, node: Node, *, word: str) -> Value:
        value = super().from_yaml(node, word=word)
        return self.typed(value) if isinstance(value, str) else value

    def from_form(self, filled: Filled, *, now: datetime, zone: str) -> Given | None:
        return Given(self.typed(filled.texts[0])) if filled.texts else None

    def from_cell(self, cell: Cell) -> Value:
        """A figure that the kind does not take, as one below 0, stays for the review to say; what is no figure is refused."""
        value = self.typed(cell.value_of(cell.text()))
        if Number.written.fullmatch(value) is None:
            cell.refuse(value, Text("不是数字", "is no number"))
        return value

    def wrong(self, value: Value, allowed: Sequence[str]) -> Text | None:
        if not isinstance(value, str) or not self.written.fullmatch(value) or not self.takes(value):
            return Text(f"应是{self.wanted.zh}，不是“{value}”", f"has to be {self.wanted.en}, not “{value}”")
        return None

    def takes(self, figure: str) -> bool:
        """Whether a figure that is written as it should be is one of this kind."""
        return True

    def adds(self, value: Value, *, in_units: bool) -> Decimal | None:
        return summand(value)


NUMBER = Number()
