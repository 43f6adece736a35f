"""A checkpoint: the signed statement that the first `size` leaves of an organisation have this root.

Since version 2 it also signs the heads of the files (`heads`): how many have something sealed, and the root over them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kesu.ledger.canonical import canonical
from kesu.ledger.entry import ALGORITHM, instant, moment
from kesu.ledger.keys import public_of

VERSION = 2
HASH_BYTES = 32


class NotACheckpoint(ValueError):
    """The bytes are not those of a checkpoint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a checkpoint says. `root`, `heads` and `key` (the public key that signed) are hexadecimal; `number` counts 1, 2, …

    `files` and `heads` are None in those of version 1.
    """

    organisation: str
    number: int
    size: int
    root: str
    time: datetime
    key: str
    files: int | None = None
    heads: str | None = None


def statement_bytes(statement: Statement) -> bytes:
    """The canonical bytes that are signed; of version 1 where nothing is said of heads."""
    heads = {} if statement.heads is None else {"files": statement.files, "heads": statement.heads}
    return canonical(
        {
            **heads,
            "v": VERSION if heads else 1,
            "algorithm": ALGORITHM,
            "origin": "kesu",
            "organisation": statement.organisation,
            "number": statement.number,
            "size": statement.size,
            "root": statement.root,
            "time": instant(statement.time),
            "key": statement.key,
        }
    )


def read_statement(body: bytes) -> Statement:
    """Read a checkpoint from its signed bytes. Raises NotACheckpoint."""
    try:
        part = orjson.loads(body)
        return Statement(
            organisation=part["organisation"],
            number=part["number"],
            size=part["size"],
            root=part["root"],
            time=moment(part["time"]),
            key=part["key"],
            files=part.get("files"),
            heads=part.get("heads"),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise NotACheckpoint(f"these bytes are not a checkpoint: {wrong}") from wrong


def signed(
    *,
    organisation: str,
    number: int,
    size: int,
    root: bytes,
    time: datetime,
    key: Ed25519PrivateKey,
    heads: tuple[int, bytes] | None = None,
) -> tuple[bytes, bytes]:
    """The bytes of a new checkpoint and their Ed25519 signature; `heads`: how many files, and the root over their heads."""
    body = statement_bytes(
        Statement(
            organisation=organisation,
            number=number,
            size=size,
            root=root.hex(),
            time=time,
            key=public_of(key),
            files=heads[0] if heads else None,
            heads=heads[1].hex() if heads else None,
        )
    )
    return body, key.sign(body)


def signature_holds(*, body: bytes, signature: bytes, key: str) -> bool:
    """Was this signed by the private half of `key`?"""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, body)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(key: str) -> str:
    """What people compare of a public key (hexadecimal): the first 80 bits of its SHA-256, in groups of four."""
    digest = hashlib.sha256(bytes.fromhex(key)).hexdigest()
    return " ".join(digest[place : place + 4] for place in range(0, 20, 4))


def split_peaks(peaks: bytes) -> list[bytes]:
    """The column `peaks` as single hashes."""
    return [peaks[place : place + HASH_BYTES] for place in range(0, len(peaks), HASH_BYTES)]
