"""How much of something there is: above nothing."""

from __future__ import annotations

import re
from decimal import Decimal

from kesu.reading.text import Text

from .number import Number


class Quantity(Number):
    """Above 0, so that nothing is divided by nothing and no sign turns a ratio round; at most six decimals."""

    name = "quantity"
    never_below_0 = True
    written = re.compile(r"\d{1,15}(\.\d{1,6})?", re.ASCII)
    wanted = Text("大于 0 的数", "a number over 0")

    def takes(self, figure: str) -> bool:
        return Decimal(figure) > 0


QUANTITY = Quantity()
