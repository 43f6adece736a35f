"""What a command says when it was asked for something it cannot do."""

from __future__ import annotations

from kesu.reading.text import Lang, Text


class WrongUse(Exception):
    """The command was used wrongly (exit status 2): what, where, why and what to do, in both languages."""

    def __init__(self, *, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh, en)

    def in_(self, lang: Lang) -> str:
        """The message in one language."""
        return self.text.in_(lang)
