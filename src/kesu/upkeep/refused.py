"""What cannot be done to an installation as it stands, in both languages."""

from __future__ import annotations

from kesu.reading.text import Lang, Text


class Refused(RuntimeError):
    """Nothing was done: what, why, and what to do instead."""

    def __init__(self, *, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh, en)

    def in_(self, lang: Lang) -> str:
        """The message in one language."""
        return self.text.in_(lang)
