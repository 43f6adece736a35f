"""Several of the choices of its word: topics."""

from __future__ import annotations

from collections.abc import Sequence

from kesu.reading.text import Text

from .kind import Kind, Value, wrong_choice


class Choices(Kind):
    """`when` on it means “contains”; findings are made for each (semantics 4.1)."""

    name = "list"
    several = True
    one_text = False
    chosen = True
    classes = True
    own_words = False
    only_item = ("choice",)

    def wrong(self, value: Value, allowed: Sequence[str]) -> Text | None:
        if not isinstance(value, list) or not value:
            return Text("至少选一项", "choose at least one")
        return next((wrong for item in value if (wrong := wrong_choice(item, allowed)) is not None), None)


LIST = Choices()
