"""What was made from texts that never change, kept by digest and shared by whoever has the same text."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Shelf(Generic[T]):
    """At most so many characters of text, as what was made from them; what was longest not wanted goes first.

    Counted is the text and not the number of things: what is made from a text takes some ten times its size, be it one
    large procedure or eight small ones.
    """

    def __init__(self, maker: Callable[[str], T], *, characters: int) -> None:
        self._maker, self._most = maker, characters
        self._things: OrderedDict[str, tuple[T, int]] = OrderedDict()
        self._filled = 0
        self._lock = threading.Lock()

    def get(self, digest: str) -> T | None:
        """What was made from the text with this digest, if it is still here."""
        with self._lock:
            kept = self._things.get(digest)
            if kept is None:
                return None
            self._things.move_to_end(digest)
            return kept[0]

    def put(self, digest: str, text: str) -> T:
        """Makes the thing of a text and keeps it, the last one however large; gives the one that is here already, if any."""
        kept = self.get(digest)
        if kept is not None:
            return kept
        thing = self._maker(text)
        with self._lock:
            if digest in self._things:  # somebody else was quicker
                return self._things[digest][0]
            self._things[digest] = (thing, len(text))
            self._filled += len(text)
            while self._filled > self._most and len(self._things) > 1:
                self._filled -= self._things.popitem(last=False)[1][1]
        return thing

    def clear(self) -> None:
        """Drops everything."""
        with self._lock:
            self._things.clear()
            self._filled = 0
