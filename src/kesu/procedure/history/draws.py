"""A draw at random that anybody can do again: no state, no generator, only SHA-256 of the seed and each item.

`printf 'seed\nitem' | sha256sum` gives the number by which an item is drawn; the smallest are drawn first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from heapq import nsmallest


def drawn(population: Iterable[str], *, seed: str, size: int) -> tuple[str, ...]:
    """The `size` items with the smallest SHA-256 of seed, line feed and item, in that order; all, if there are fewer.

    The order in which the population is listed, and items listed twice, change nothing.
    """
    begun = hashlib.sha256(seed.encode() + b"\n")

    def place(item: str) -> bytes:
        whole = begun.copy()
        whole.update(item.encode())
        return whole.digest()

    return tuple(nsmallest(size, dict.fromkeys(population), key=place))
