"""An amount in yuan, in whole fen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kesu.reading.text import Text

from .kind import Names, Value
from .number import Number
from .typed_figures import typed_amount


class Money(Number):
    """Never below 0, and a fen is the least; thousands, the sign of the currency and 大写 may be typed and are not kept."""

    name = "money"
    tells_alike = False
    in_yuan = True
    hint = Text("元，最多两位小数；大写也可以", "yuan, at most two decimals")
    never_below_0 = True
    written = re.compile(r"\d{1,15}(\.\d{1,2}0{0,4})?", re.ASCII)
    wanted = Text("金额（元）", "an amount in yuan")

    def typed(self, text: str) -> str:
        return typed_amount(text)

    def wrong(self, value: Value, allowed: Sequence[str]) -> Text | None:
        finer = isinstance(value, str) and re.fullmatch(r"\d{1,15}\.\d+", value, re.ASCII)
        if finer and not self.written.fullmatch(value):
            return Text("金额最多两位小数", "an amount has at most two decimals")
        return super().wrong(value, allowed)

    def alone_in_words(self, text: str, names: Names) -> Text:
        return Text(f"{text} 元", f"CNY {text}")


MONEY: Final = Money()
