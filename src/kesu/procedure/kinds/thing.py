"""One thing of the file: evidence, an item, a measure, a settlement (semantics 4.1)."""

from __future__ import annotations

from collections.abc import Sequence

from kesu.reading.text import Text

from .kind import Kind, Value, wrong_texts


class Thing(Kind):
    """Named by the text under which it was put on record."""

    name = "thing"
    of_things = True
    technical = True
    tells_alike = True
    classes = True
    spoken = True

    def wrong(self, value: Value, allowed: Sequence[str]) -> Text | None:
        return wrong_texts(value)


THING = Thing()
