"""What every place that keeps files offers; bytes piece by piece, and their digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO, Final, Protocol

PIECE: Final = 2**20


class NotKept(LookupError):
    """There are no bytes under this digest."""


class Store(Protocol):
    """What every place that keeps files offers. A digest is SHA-256 in hexadecimal."""

    def put(self, organisation: str, digest: str, content: BinaryIO) -> None:
        """Keeps the bytes, which have this digest; when it returns, no crash loses them. The same bytes may come twice."""

    def open(self, organisation: str, digest: str) -> BinaryIO:
        """The bytes, to be closed by whoever asks. Raises NotKept."""

    def remove(self, organisation: str, digest: str) -> None:
        """Destroys the bytes; nothing happens where there are none."""

    def digests(self, organisation: str) -> Iterator[str]:
        """Every digest under which something lies."""


def pieces(content: BinaryIO) -> Iterator[bytes]:
    """The bytes from the start, piece by piece."""
    content.seek(0)
    while piece := content.read(PIECE):
        yield piece


def digest_of(content: BinaryIO) -> tuple[str, int]:
    """SHA-256 in hexadecimal, and the number of bytes."""
    found, size = hashlib.sha256(), 0
    for piece in pieces(content):
        found.update(piece)
        size += len(piece)
    return found.hexdigest(), size
