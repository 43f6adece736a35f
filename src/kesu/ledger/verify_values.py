"""Personal values against the commitments in the bytes; what is missing must have been erased on record."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from hashlib import sha256
from operator import itemgetter
from typing import Any

from kesu.ledger.entry import SALT_BYTES, commitment, upcast
from kesu.ledger.erase import ERASED_KIND
from kesu.ledger.faults import Fault
from kesu.ledger.snapshot import Row, Stream, batches_of

Key = tuple[str, str, int]
Report = Callable[[Fault], None]
_names = itemgetter(0, 1, 2, 3)
_BLOCK = 64  # bytes of SHA-256
_INNER, _OUTER = (bytes(byte ^ pad for byte in range(256)) for pad in (0x36, 0x5C))
_INNER_REST, _OUTER_REST = (bytes([pad]) * (_BLOCK - SALT_BYTES) for pad in (0x36, 0x5C))


class Values:
    """Reads the table of personal values beside the entries; memory is bounded by one file."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._there: set[tuple[int, str]] = set()
        self._gone: set[tuple[int, str]] = set()
        self._erased: set[tuple[int, str]] = set()
        self._place: tuple[str, str] = ("", "")

    def open(self, where: str, parameters: list[Any]) -> None:
        """Start reading the table."""
        query = "SELECT organisation, file, number, word, value, salt FROM ledger_personal_value"
        in_order = f"{query} {where} ORDER BY organisation, file, number, word"
        self._rows = Stream(batches_of(in_order, parameters))

    def batch(self, entries: list[Row], parts: list[dict[str, Any]]) -> bool:
        """Take the values of entries in order, when all are there and as promised and none of their files has erased any.

        False when that cannot be seen at a glance; nothing is taken then. When True, files end without being asked.
        """
        if self._gone or self._erased or any(row[3] == ERASED_KIND for row in entries):
            return False
        promised = [
            (*row[:3], word) for row, part in zip(entries, parts, strict=True) for word in part["commitments"]
        ]
        rows = self._rows.peek(len(promised) + 1)
        if len(rows) > len(promised) and rows.pop()[:3] <= entries[-1][:3]:
            return False
        commitments = [told for part in parts for told in part["commitments"].values()]
        if list(map(_names, rows)) != promised or commitments_of(rows) != commitments:
            return False
        self._rows.skip(len(rows))
        file = entries[-1][:2]
        if file != entries[0][:2] or entries[0][2] == 1:
            self._there = set()
        self._there.update(row[2:4] for row in rows if row[:2] == file)
        return True

    def entry(self, key: Key, part: dict[str, Any]) -> None:
        """Check the values of one entry, and note what it erases."""
        promised, values = part["commitments"], self._take(key)
        if promised or values:
            for word in promised.keys() | values.keys():
                self._one(key, word, promised.get(word), values.get(word))
        if part["kind"] == ERASED_KIND:
            facts = upcast(part)["facts"]
            self._erased.update((value["number"], value["word"]) for value in facts.get("values", ()))

    def end_of_file(self, place: tuple[str, str]) -> None:
        """What is gone without an erasure, and what is still there after one."""
        for what, numbers in (
            ("value missing", self._gone - self._erased),
            ("value kept", self._there & self._erased),
        ):
            for number, word in sorted(numbers):
                self._fault(what, (*place, number), word)
        self._there, self._gone, self._erased = set(), set(), set()
        self._place = place

    def close(self) -> None:
        """What is left belongs to no entry."""
        self._take(None)

    def _one(self, key: Key, word: str, promised: str | None, value: tuple[bytes, bytes] | None) -> None:
        if value is None:
            self._gone.add((key[2], word))
            return
        self._there.add((key[2], word))
        if promised is None:
            self._fault("value extra", key, word)
        elif commitment(salt=value[1], value=value[0].decode(errors="replace")) != promised:
            self._fault("value", key, word)

    def _take(self, key: Key | None) -> dict[str, tuple[bytes, bytes]]:
        """The values of this entry by word; those passed over belong to none."""
        for row in self._rows.before(key):
            self._fault("value extra", row[:3], row[3])
        values = {}
        while key is not None and (mine := self._rows.take(key)):
            values[mine[3]] = (mine[4], mine[5])
        return values

    def _fault(self, what: str, key: Key, word: str) -> None:
        self._report(Fault(what=what, organisation=key[0], file=key[1], number=key[2], detail=word))


def commitments_of(rows: list[Row]) -> list[str]:
    """What was committed to, of the bytes that stand there, whether they are text or not.

    HMAC as RFC 2104 has it: two hashes of whole blocks are half the price of OpenSSL's HMAC object.
    """
    if any(len(row[5]) != SALT_BYTES for row in rows):
        return [hmac.digest(row[5], row[4], "sha256").hex() for row in rows]
    return [
        sha256(
            salt.translate(_OUTER)
            + _OUTER_REST
            + sha256(salt.translate(_INNER) + _INNER_REST + value).digest()
        ).hexdigest()
        for *_, value, salt in rows
    ]
