"""Several units of the organisation."""

from __future__ import annotations

from collections.abc import Sequence

from kesu.reading.text import Text

from .kind import Value, wrong_texts
from .unit import Unit


class Units(Unit):
    """By their ids, in the order in which they were named."""

    name = "units"
    several = True
    one_text = False
    tells_alike = False
    only_item = ("unit",)

    def wrong(self, value: Value, allowed: Sequence[str]) -> Text | None:
        return wrong_texts(value)


UNITS = Units()
