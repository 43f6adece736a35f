"""Technical text that people do not write freely: a batch, a number, the name of a step or a post."""

from __future__ import annotations

from kesu.reading.text import Text

from .kind import Kind, Names


class Word(Kind):
    """Compared as it stands; the name of a step or fact is said by its title."""

    name = "word"
    technical = True
    tells_alike = True
    classes = True
    spoken = True

    def alone_in_words(self, text: str, names: Names) -> Text:
        return names.word(text)


WORD = Word()
