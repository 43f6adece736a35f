"""Several things of the file, or the list that puts them on record."""

from __future__ import annotations

from collections.abc import Sequence

from kesu.reading.text import Text

from .kind import Kind, Value, wrong_texts


class Things(Kind):
    """Each named by its text, in the order in which they were put on record."""

    name = "things"
    several = True
    one_text = False
    of_things = True
    classes = True
    only_item = ("thing", "word")

    def wrong(self, value: Value, allowed: Sequence[str]) -> Text | None:
        return wrong_texts(value)


THINGS = Things()
