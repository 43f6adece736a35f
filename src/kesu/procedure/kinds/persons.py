"""Several persons of the organisation."""

from __future__ import annotations

from collections.abc import Sequence

from kesu.reading.text import Text

from .kind import Value, wrong_texts
from .person import Person


class Persons(Person):
    """By their ids, in the order in which they were named."""

    name = "persons"
    several = True
    one_text = False
    only_item = ("person",)

    def wrong(self, value: Value, allowed: Sequence[str]) -> Text | None:
        return wrong_texts(value)


PERSONS = Persons()
