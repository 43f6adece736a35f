"""One unit of the organisation, by its id."""

from __future__ import annotations

from kesu.reading.text import Text

from .kind import Kind, Names


class Unit(Kind):
    """Rules compare the id; who reads it sees the title."""

    name = "unit"
    of_units = True
    tells_alike = True
    inside = True
    own_words = False

    def alone_in_words(self, text: str, names: Names) -> Text:
        title = names.unit(text)
        return Text(title, title)


UNIT = Unit()
