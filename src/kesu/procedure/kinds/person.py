"""One person of the organisation, by an opaque id."""

from __future__ import annotations

from kesu.reading.text import Text

from .kind import Kind, Names


class Person(Kind):
    """Rules compare the id; who reads it sees the name (semantics 3.3)."""

    name = "person"
    of_persons = True
    inside = True
    own_words = False

    def alone_in_words(self, text: str, names: Names) -> Text:
        name = names.person(text)
        return Text(name, name)


PERSON = Person()
