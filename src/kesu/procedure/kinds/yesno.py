"""Yes or no."""

from __future__ import annotations

from collections.abc import Sequence

from kesu.reading.text import Text

from .kind import Kind, Value, wrong_choice


class YesNo(Kind):
    """A choice of two whose titles every word shares."""

    name = "yesno"
    chosen = True
    classes = True
    spoken = True
    own_words = False

    def wrong(self, value: Value, allowed: Sequence[str]) -> Text | None:
        return wrong_choice(value, allowed)


YESNO = YesNo()
