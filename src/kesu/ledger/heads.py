"""The heads of the sealed files of an organisation: a tree of their own, whose root each checkpoint signs (ADR 0024).

A head is the number and digest of a file's last sealed entry. With the proof of its head an extract of one file shows
that it was all there was of that file when the checkpoint was signed.
"""

from __future__ import annotations

from collections.abc import Iterable

from kesu.ledger.merkle import Growing, Tree
from kesu.ledger.snapshot import Row, rows_of

_HEADS = (
    "SELECT leaf.file, leaf.entry, leaf.digest FROM (SELECT file, MAX(entry) AS entry FROM ledger_leaf"
    " WHERE organisation = %s AND number <= %s GROUP BY file) head"
    " JOIN ledger_leaf leaf ON leaf.organisation = %s AND leaf.file = head.file AND leaf.entry = head.entry"
)


class Heads:
    """Number and digest of the last sealed entry of each file; in the tree they stand in the order of the files' names."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._heads: dict[str, tuple[int, bytes]] = {}
        self.take(rows)

    def __len__(self) -> int:
        return len(self._heads)

    def take(self, rows: Iterable[Row]) -> None:
        """More sealed entries, (file, number, digest, …) each; of a file in their order."""
        self._heads.update((file, (number, digest)) for file, number, digest, *_ in rows)

    def root(self) -> bytes:
        """The root over all heads."""
        tree = Growing()
        tree.extend(self._leaves())
        return tree.root()

    def proof(self, file: str) -> tuple[int, int, list[bytes]] | None:
        """Number of the head of a file, its place in the tree (from 0) and the proof; None where nothing of it is sealed."""
        head = self._heads.get(file)
        if head is None:
            return None
        place = sorted(self._heads).index(file)
        return head[0], place, Tree(self._leaves()).inclusion(place)

    def _leaves(self) -> list[bytes]:
        heads = self._heads
        return [heads[file][1] + f"{heads[file][0]} {file}".encode() for file in sorted(heads)]


def heads_of(organisation: str, size: int) -> Heads:
    """The heads over the first `size` leaves, in the snapshot or transaction of the caller."""
    return Heads(rows_of(_HEADS, [organisation, size, organisation]))


_kept: dict[str, tuple[str, Heads]] = {}  # organisation -> root of its newest checkpoint, heads under it


def heads_to_go_on_from(organisation: str, root: str | None, size: int) -> Heads:
    """The heads under the newest checkpoint, taken out of memory where they are kept there: the caller adds to them."""
    root_kept, heads = _kept.pop(organisation, (None, None))
    return heads if heads is not None and root_kept == root else heads_of(organisation, size)


def keep(organisation: str, root: str, heads: Heads) -> None:
    """The heads under a checkpoint that was committed, for the next one."""
    _kept[organisation] = (root, heads)
