"""Columns that line up in a terminal, where a Chinese character is as wide as two Latin ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width


def lined_up(rows: Sequence[Sequence[object]], *, left: int = 1) -> Iterator[str]:
    """The rows as lines: the first `left` columns flush left, the others (numbers) flush right."""
    texts = [[str(cell) for cell in row] for row in rows]
    if not texts:
        return
    widths = [max(width(row[column]) for row in texts) for column in range(len(texts[0]))]
    for row in texts:
        cells = [
            cell + " " * (widths[column] - width(cell))
            if column < left
            else " " * (widths[column] - width(cell)) + cell
            for column, cell in enumerate(row)
        ]
        yield "  ".join(cells).rstrip()


def width(text: str) -> int:
    """How many cells of a terminal the text takes."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
