"""A long list that is printed after what comes to be known only at its end: meanwhile it waits in a file, not in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Final, Generic, TypeVar

CHUNK: Final = 1 << 16
Item = TypeVar("Item")


class Listing(Generic[Item]):
    """Items as they come, each put into words by `say`, with a separator between them; given back as one, in pieces."""

    def __init__(
        self, file: IO[str], say: Callable[[Item], str], *, separator: str, most: int | None = None
    ) -> None:
        self.count = 0
        self._file, self._say, self._separator, self._most = file, say, separator, most

    def add(self, item: Item) -> None:
        """One more, unless there are as many as there may be."""
        if self._most is None or self.count < self._most:
            self._file.write(self._separator * bool(self.count) + self._say(item))
            self.count += 1

    def __iter__(self) -> Iterator[str]:
        """The pieces of the whole."""
        self._file.seek(0)
        while piece := self._file.read(CHUNK):
            yield piece


@contextmanager
def listing(
    say: Callable[[Item], str], *, separator: str, most: int | None = None
) -> Iterator[Listing[Item]]:
    """A list that waits in a file of its own, gone afterwards. With `most` only the first so many are put into words."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as file:
        yield Listing(file, say, separator=separator, most=most)
