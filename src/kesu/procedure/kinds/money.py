"""An amount in yuan, with at most two decimals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from kesu.reading.text import Text

from .kind import Filled, Given, Kind, Names, Value
from .number import Number, number

LARGEST: Final = 10**15  # yuan


class Money(Number):
    """Never below 0; thousands and the sign of the currency may be typed and are not kept."""

    name = "money"
    tells_alike = False
    in_yuan = True
    hint = Text("元，最多两位小数", "yuan, at most two decimals")

    def from_form(self, filled: Filled, *, now: datetime, zone: str) -> Given | None:
        if not filled.texts:
            return None
        return Given(filled.texts[0].strip().replace(",", "").replace("，", "").removesuffix("元").strip())

    def wrong(self, value: Value, allowed: Sequence[str]) -> Text | None:
        amount = number(value)
        if amount is None or not 0 <= amount < LARGEST:
            return Text(f"应是金额（元），不是“{value}”", f"has to be an amount in yuan, not “{value}”")
        exponent = amount.normalize().as_tuple().exponent
        if not isinstance(exponent, int) or exponent < -2:
            return Text("金额最多两位小数", "an amount has at most two decimals")
        return None

    def alone_in_words(self, text: str, names: Names) -> Text:
        return Text(f"{text} 元", f"CNY {text}")


MONEY: Final[Kind] = Money()
