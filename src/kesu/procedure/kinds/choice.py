"""One of the choices of its word."""

from __future__ import annotations

from collections.abc import Sequence

from kesu.reading.text import Text

from .kind import Kind, Value, wrong_choice


class Choice(Kind):
    """A procedure may narrow the choices; the house classes by it, so that it is no word of the complainant's."""

    name = "choice"
    chosen = True
    tells_alike = True
    classes = True
    spoken = True
    own_words = False

    def wrong(self, value: Value, allowed: Sequence[str]) -> Text | None:
        return wrong_choice(value, allowed)


CHOICE = Choice()
