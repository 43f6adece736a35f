"""The lines of a draft while it is written: each key with what is to be known about it in a comment above."""

from __future__ import annotations

from dataclasses import dataclass, field

from kesu.reading.text import Lang, Text

from .written import UNSEEN


@dataclass(frozen=True, slots=True)
class Note:
    """What was guessed and why, or what has to be filled in, about a key of the mapping."""

    key: str
    text: Text
    to_do: bool = False


@dataclass(slots=True)
class Page:
    """A draft in one language."""

    lang: Lang
    lines: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def say(self, key: str, text: Text, *, to_do: bool = False, indent: str = "") -> None:
        """A comment, and in the list of what was said."""
        self.notes.append(Note(key, text, to_do))
        mark = Text("待定：", "TO DO: ").in_(self.lang) if to_do else ""
        self.lines.append(f"{indent}# {mark}{UNSEEN.sub(' ', text.in_(self.lang))}")

    def write(self, *lines: str) -> None:
        """Lines of the mapping itself."""
        self.lines.extend(lines)
