"""The Merkle tree of RFC 9162 (section 2.1): roots and inclusion proofs. Pure functions of bytes.

A leaf is hashed as SHA-256(0x00 || data), a node as SHA-256(0x01 || left || right); a tree of n leaves is split at
the largest power of two below n. Places are counted from 0 here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

EMPTY = hashlib.sha256(b"").digest()


class NotInTree(IndexError):
    """A place was asked for that the tree does not have, or peaks were given that no tree of that size has."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two halves."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Growing:
    """A tree that only grows: keeps the roots of its perfect subtrees (peaks, from the left), not its leaves.

    Raises NotInTree when the peaks that it is to go on from are not as many as a tree of that size has.
    """

    def __init__(self, *, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        if len(peaks) != size.bit_count():
            raise NotInTree(f"a tree of {size} leaves has {size.bit_count()} peaks, not {len(peaks)}")
        self.size = size
        self.peaks = list(peaks)

    def extend(self, data: Sequence[bytes]) -> None:
        """More leaves at the end. Level by level: many at a time cost least."""
        level, size, new = [hashlib.sha256(b"\x00" + leaf).digest() for leaf in data], self.size, []
        self.size += len(level)
        while level:
            if size & 1:
                level.insert(0, self.peaks.pop())
            if len(level) & 1:
                new.append(level.pop())
            pairs = zip(level[::2], level[1::2], strict=True)
            level = [hashlib.sha256(b"\x01" + left + right).digest() for left, right in pairs]
            size >>= 1
        self.peaks += reversed(new)

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self.peaks:
            return EMPTY
        whole = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            whole = node_hash(peak, whole)
        return whole


class Tree:
    """A whole tree in memory, for proofs: about 64 bytes a leaf."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        level = [leaf_hash(data) for data in leaves]
        self.size = len(level)
        self._levels = [level]
        while len(level) > 1:
            level = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
            self._levels.append(level)

    def inclusion(self, place: int) -> list[bytes]:
        """The hashes that lead from the leaf at `place` to the root (2.1.3.1). Raises NotInTree."""
        if not 0 <= place < self.size:
            raise NotInTree(f"no leaf {place} in a tree of {self.size}")
        start, end, path = 0, self.size, list[bytes]()
        while end - start > 1:
            middle = start + _split(end - start)
            if place < middle:
                path.append(self._over(middle, end))
                end = middle
            else:
                path.append(self._over(start, middle))
                start = middle
        return path[::-1]

    def consistency(self, old: int) -> list[bytes]:
        """The hashes that show that this tree continues the one of its first `old` leaves (2.1.4.1). Raises NotInTree."""
        if not 0 < old <= self.size:
            raise NotInTree(f"no tree of {old} leaves within one of {self.size}")
        start, end, path, whole = 0, self.size, list[bytes](), True
        while old != end:
            middle = start + _split(end - start)
            if old <= middle:
                path.append(self._over(middle, end))
                end = middle
            else:
                path.append(self._over(start, middle))
                start, whole = middle, False
        return ([] if whole else [self._over(start, end)]) + path[::-1]

    def _over(self, start: int, end: int) -> bytes:
        """The root over the leaves from `start` to before `end` (a range that the splitting makes)."""
        width = end - start
        if width & (width - 1) == 0:
            height = width.bit_length() - 1
            return self._levels[height][start >> height]
        middle = start + _split(width)
        return node_hash(self._over(start, middle), self._over(middle, end))


def _split(width: int) -> int:
    """The largest power of two below `width`."""
    return 1 << ((width - 1).bit_length() - 1)
