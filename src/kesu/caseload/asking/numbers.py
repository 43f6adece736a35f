"""Numbers and files of one another, for one person: of those alone that he sees."""

from __future__ import annotations

from collections.abc import Iterable

from ..sight.reader import Reader
from ..sight.seeing import visible


def file_of(number: str, reader: Reader) -> str | None:
    """The file of a number as people type it; None where he sees none."""
    typed = number.strip().upper()
    return visible(reader).filter(label=typed).values_list("file", flat=True).first() if typed else None


def numbers_of(files: Iterable[str], reader: Reader) -> dict[str, str]:
    """The number of each file by its name; those that he does not see are not in it."""
    return dict(visible(reader).filter(file__in=set(files)).values_list("file", "label"))
