"""The authentication code (MAC) of an entry: HMAC-SHA-256 of its digest, under a key that is not in the database.

A digest says that bytes were not changed; anybody can compute one. The code says that this house wrote them: whoever
has the database alone cannot make one for an entry that he puts in (ADR 0022). It stands beside the entry, not in its
bytes, so what others verify stays as it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from kesu.ledger.checkpoint import fingerprint
from kesu.ledger.keys import KeyGone, mac_key
from kesu.ledger.marks import Marks

_BLOCK = 64  # bytes of SHA-256
_OWN = sha256(b"kesu: the key of the authentication codes").digest()


class Macs:
    """Makes codes under one key. HMAC as RFC 2104 has it, with what the key alone decides worked out once."""

    def __init__(self, key: bytes) -> None:
        self._inner, self._outer = (
            sha256(bytes(byte ^ pad for byte in key.ljust(_BLOCK, b"\0"))) for pad in (0x36, 0x5C)
        )

    def of(self, digest: bytes) -> bytes:
        """The code of the entry that has this digest."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(digest)
        outer.update(inner.digest())
        return outer.digest()

    def of_all(self, digests: Iterable[bytes]) -> list[bytes]:
        """The codes of these entries; the same as `of`, without a call for each."""
        codes, fresh_inner, fresh_outer = [], self._inner.copy, self._outer.copy
        for digest in digests:
            inner, outer = fresh_inner(), fresh_outer()
            inner.update(digest)
            outer.update(inner.digest())
            codes.append(outer.digest())
        return codes

    @property
    def key(self) -> str:
        """The fingerprint of the key, which tells nothing of it."""
        return fingerprint(self.of(_OWN).hex())


@dataclass(frozen=True, slots=True)
class Wanted:
    """What verification asks of the codes of an organisation: under this key, from the entries after leaf `after` on.

    Where `after` is None no mark says so, and only those are compared that are there. Entries up to there are held by what was
    signed over them.
    """

    key: bytes
    after: int | None


_read_so_far: dict[Path, tuple[tuple[int, int, int, int], Macs]] = {}


def macs_to_write(marks: Marks | None) -> Macs:
    """The codes of what is written now; their key is made when there is none and no mark says that there was.

    Raises KeyGone, KeyFileOpen and KeyFileBroken.
    """
    path: Path = settings.LEDGER_MAC_KEY
    before = _read_so_far.get(path)
    try:
        stat = os.stat(path)
    except FileNotFoundError:
        if marks and marks.macs:
            raise KeyGone(path) from None
    else:
        state = (stat.st_ino, stat.st_mtime_ns, stat.st_size, stat.st_mode)
        if before is not None and before[0] == state:
            return before[1]
    macs = Macs(mac_key(path))
    stat = os.stat(path)
    _read_so_far[path] = ((stat.st_ino, stat.st_mtime_ns, stat.st_size, stat.st_mode), macs)
    return macs


def key_here() -> bytes | None:
    """The key of the codes; None where there is none, and none is made. Raises KeyFileOpen and KeyFileBroken."""
    path: Path = settings.LEDGER_MAC_KEY
    return mac_key(path) if path.exists() else None
