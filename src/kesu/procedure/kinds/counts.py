"""Cases counted by the values of some facts: what the house enters into a report."""

from __future__ import annotations

from collections.abc import Mapping

from kesu.reading.text import Text, listed

from .kind import Kind, Names, Value


class Counts(Kind):
    """A mapping from fact to value to number; nobody types it."""

    name = "counts"
    one_text = False
    inside = True
    own_words = False

    def items(
        self, value: Value, *, choices: Mapping[str, Text], names: Names
    ) -> tuple[tuple[Text, Text], ...]:
        if not isinstance(value, Mapping):
            return ()
        return tuple(
            (names.fact(word), _counts(word, counts, names))
            for word, counts in value.items()
            if isinstance(counts, Mapping)
        )


def _counts(word: str, counts: Mapping[str, str], names: Names) -> Text:
    titled = [(names.counted(word, value), number) for value, number in counts.items()]
    return Text(
        listed([f"{title.zh} {number}" for title, number in titled], "zh") or "—",
        listed([f"{title.en} {number}" for title, number in titled], "en") or "—",
    )


COUNTS = Counts()
