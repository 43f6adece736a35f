"""An entry: what one act puts on record, as one byte string that is stored as hashed.

The digest of an entry is SHA-256 over its bytes. The bytes hold the digest of the entry before it (`previous`,
null in the first), the organisation and the file, so that chain, place and content are covered by one hash; they
begin with `{`, so they cannot be mistaken for a node of the Merkle tree (which begin with 0x00 or 0x01).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from typing import Any

import orjson

from kesu.ledger.canonical import Plain, canonical

VERSION = 1
ALGORITHM = "sha256"
SALT_BYTES = 32
_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"

# One function for each version that is no longer written: body of version v -> body of version v + 1. Kept for ever.
UPCASTS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


class Erased(Enum):
    """What a personal value reads as after it was erased: it counts as on record, but nobody can read it."""

    ERASED = "erased"

    def __str__(self) -> str:
        return "erased"


ERASED = Erased.ERASED


class UnknownVersion(ValueError):
    """The entry was written by a newer Kesu, or by something else."""


class UnclearInstant(ValueError):
    """An instant without a time zone: nobody could say which moment it means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """What the caller brings; number, digest and the link to the entry before are the ledger's.

    `at` it happened, `noted` it was written (both with a zone). `by` sent it; `actor` did it and `recorder` typed
    it in where they are others. `key` and `command` (digest of the command) stand on the one entry that answers a
    command sent with an idempotency key. `personal` holds values that may have to be erased one day: the bytes
    only hold a commitment to each.
    """

    kind: str
    at: datetime
    noted: datetime
    by: str
    post: str | None = None
    on_behalf_of: str | None = None
    edition: str | None = None
    key: str | None = None
    command: str | None = None
    facts: Mapping[str, Plain] = field(default_factory=dict)
    personal: Mapping[str, str] = field(default_factory=dict)
    actor: str | None = None
    recorder: str | None = None
    medium: str = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEntry:
    """An entry as it stands in the ledger, read from its bytes; `digest` and `previous` are hexadecimal."""

    organisation: str
    file: str
    number: int
    kind: str
    at: datetime
    noted: datetime
    by: str
    post: str | None
    on_behalf_of: str | None
    edition: str | None
    key: str | None
    command: str | None
    facts: Mapping[str, Any]
    commitments: Mapping[str, str]
    personal: Mapping[str, str | Erased]
    actor: str | None
    recorder: str | None
    medium: str
    previous: str | None
    digest: str


def body_of(
    new: NewEntry,
    *,
    organisation: str,
    file: str,
    number: int,
    noted: datetime,
    at: datetime,
    previous: str | None,
    commitments: Mapping[str, str],
) -> bytes:
    """The canonical bytes of an entry at its place in the chain. Raises NotCanonical and UnclearInstant."""
    return canonical(
        {
            "v": VERSION,
            "algorithm": ALGORITHM,
            "organisation": organisation,
            "file": file,
            "number": number,
            "kind": new.kind,
            "at": instant(at),
            "noted": instant(noted),
            "by": new.by,
            "post": new.post,
            "on_behalf_of": new.on_behalf_of,
            "edition": new.edition,
            "key": new.key,
            "command": new.command,
            "facts": new.facts if type(new.facts) is dict else dict(new.facts),
            "commitments": dict(commitments),
            "actor": new.actor,
            "recorder": new.recorder,
            "medium": new.medium,
            "previous": previous,
        }
    )


def digest_of(body: bytes) -> bytes:
    """SHA-256 over the stored bytes."""
    return hashlib.sha256(body).digest()


def commitment(*, salt: bytes, value: str) -> str:
    """What stands in the bytes for a personal value: HMAC-SHA-256(salt, value as UTF-8), hexadecimal."""
    return hmac.digest(salt, value.encode(), "sha256").hex()


def instant(moment: datetime) -> str:
    """RFC 3339 in UTC with six decimals: a fixed width, so that text order is time order. Raises UnclearInstant."""
    if moment.tzinfo is None:
        raise UnclearInstant(f"{moment.isoformat()} has no time zone; say which, for example +08:00")
    return moment.astimezone(UTC).strftime(_FORMAT)


def moment(text: str) -> datetime:
    """The other way round. Raises ValueError when the text is no moment."""
    return datetime.fromisoformat(text)


def upcast(
    body: dict[str, Any], *, steps: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = UPCASTS
) -> dict[str, Any]:
    """A body of any version that was ever written, as one of today's; the stored bytes stay what they are.

    Raises UnknownVersion.
    """
    while body["v"] != VERSION:
        step = steps.get(body["v"])
        if step is None:
            raise UnknownVersion(
                f"entry of version {body['v']!r}: this Kesu reads up to {VERSION}; update Kesu"
            )
        body = step(body)
    return body


def stored(
    body: bytes, *, personal: Mapping[str, str] | None = None, digest: bytes | None = None
) -> StoredEntry:
    """Read an entry from its bytes; a commitment without a value in `personal` reads as erased.

    Raises UnknownVersion for an entry of a later Kesu, and ValueError, KeyError or TypeError for bytes that are no entry.
    """
    part = upcast(orjson.loads(body))
    values = personal or {}
    return StoredEntry(
        organisation=part["organisation"],
        file=part["file"],
        number=part["number"],
        kind=part["kind"],
        at=moment(part["at"]),
        noted=moment(part["noted"]),
        by=part["by"],
        post=part["post"],
        on_behalf_of=part["on_behalf_of"],
        edition=part["edition"],
        key=part["key"],
        command=part["command"],
        facts=part["facts"],
        commitments=part["commitments"],
        personal={word: values.get(word, ERASED) for word in part["commitments"]},
        actor=part["actor"],
        recorder=part["recorder"],
        medium=part["medium"],
        previous=part["previous"],
        digest=(digest or digest_of(body)).hex(),
    )
