"""The first pass of verification: every entry in order of file and number, beside its leaf and personal values."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from operator import itemgetter
from typing import Any

import orjson

from kesu.ledger.entry import commitment, upcast
from kesu.ledger.erase import ERASED_KIND
from kesu.ledger.faults import Fault
from kesu.ledger.snapshot import Beside, rows_of

Key = tuple[str, str, int]
Report = Callable[[Fault], None]
_by_key = itemgetter(0, 1, 2)
_COLUMNS = ("organisation", "file", "number", "kind", "by", "key")
_columns = itemgetter(*_COLUMNS)


class Entries:
    """One walk over the entries; what it counts is read afterwards."""

    def __init__(self, *, sizes: dict[str, int], report: Report) -> None:
        self.entries = self.files = self.unsealed = 0
        self.unsealed_since: str | None = None
        self._sizes, self._report = sizes, report
        self._place: tuple[str, str] = ("", "")
        self._number, self._previous, self._anchored = 0, None, False  # type: tuple[int, str | None, bool]
        self._values = _Values(report)

    def walk(self, where: str, parameters: list[Any]) -> None:
        """Check every entry that `where` selects."""
        order = "ORDER BY organisation, file, number"
        entries = rows_of(
            f"SELECT organisation, file, number, kind, person, key, digest, body FROM ledger_entry {where} {order}",
            parameters,
        )
        self._leaves = Beside(
            rows_of(
                f"SELECT organisation, file, entry, number, digest FROM ledger_leaf {where}"
                " ORDER BY organisation, file, entry",
                parameters,
            ),
            key=_by_key,
        )
        self._waiting = Beside(
            rows_of(f"SELECT organisation, file, number FROM ledger_unsealed {where} {order}", parameters),
            key=_by_key,
        )
        self._values.open(where, parameters)
        for row in entries:
            self._entry(row)
        for row in (*self._leaves.rest(), *self._waiting.rest()):
            self._lonely(row)
        self._values.close()

    def _entry(self, row: tuple[Any, ...]) -> None:
        organisation, file, number, *_, digest, body = row
        if (organisation, file) != self._place:
            self._next_file(organisation, file)
        self.entries += 1
        anchored = self._seal(row[:3], digest)
        if number != self._number + 1:
            self._fault("missing", organisation, file, self._number + 1)
        real = sha256(body).digest()
        try:
            part = orjson.loads(body)
            known = _columns(part)
        except (ValueError, KeyError, TypeError):
            self._fault("unreadable", organisation, file, number)
            self._number, self._previous, self._anchored = number, real.hex(), False
            return
        if real != digest:
            self._fault("digest", organisation, file, number)
        if known != row[:6]:
            wrong = next(name for name, said, kept in zip(_COLUMNS, known, row, strict=False) if said != kept)
            self._fault("column", organisation, file, number, wrong)
        if part["previous"] != self._previous:
            self._broken_link(organisation, file, number)
        if not anchored and (self.unsealed_since is None or part["noted"] < self.unsealed_since):
            self.unsealed_since = part["noted"]
        self._values.entry(row[:3], part)
        self._number, self._previous, self._anchored = number, real.hex(), anchored and real == digest

    def _seal(self, key: Key, digest: bytes) -> bool:
        """Is this entry sealed, with this digest? Leaves and work list are checked on the way."""
        lonely: list[tuple[Any, ...]] = []
        leaf, waits = self._leaves.at(key, lonely), self._waiting.at(key, lonely)
        for row in lonely:
            self._lonely(row)
        if leaf is None:
            self.unsealed += 1
            if waits is None:
                self._fault("never to be sealed", *key)
            return False
        if leaf[4] != digest:
            self._fault("sealed otherwise", *key, f"leaf {leaf[3]}")
            return False
        if not 1 <= leaf[3] <= self._sizes.get(key[0], 0):
            self._fault("leaf place", *key, f"leaf {leaf[3]}")
        return True

    def _lonely(self, row: tuple[Any, ...]) -> None:
        """A leaf or a line of the work list whose entry is not there."""
        self._fault("missing", row[0], row[1], row[2], f" (leaf {row[3]})" if len(row) > 3 else "")

    def _broken_link(self, organisation: str, file: str, number: int) -> None:
        """Which of the two was changed: a sealed entry that is as sealed was not."""
        if number == self._number + 1 and number > 1 and not self._anchored:
            self._fault("followed", organisation, file, number - 1)
        self._fault("link", organisation, file, number)

    def _next_file(self, organisation: str, file: str) -> None:
        self._values.end_of_file(self._place)
        self._place = (organisation, file)
        self._number, self._previous, self._anchored = 0, None, False
        self.files += 1

    def _fault(self, what: str, organisation: str, file: str, number: int, detail: str = "") -> None:
        self._report(Fault(what=what, organisation=organisation, file=file, number=number, detail=detail))


class _Values:
    """Personal values against the commitments in the bytes; what is missing must have been erased on record."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._there: set[tuple[int, str]] = set()
        self._gone: set[tuple[int, str]] = set()
        self._erased: set[tuple[int, str]] = set()
        self._place: tuple[str, str] = ("", "")

    def open(self, where: str, parameters: list[Any]) -> None:
        """Start reading the table."""
        self._rows = rows_of(
            f"SELECT organisation, file, number, word, value, salt FROM ledger_personal_value {where}"
            " ORDER BY organisation, file, number, word",
            parameters,
        )
        self._row = next(self._rows, None)

    def entry(self, key: Key, part: dict[str, Any]) -> None:
        """Check the values of one entry, and note what it erases."""
        promised = part["commitments"]
        if self._row is not None or promised:
            values = self._take(key)
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
        self._take(("\U0010ffff" * 9, "", 0))

    def _one(self, key: Key, word: str, promised: str | None, value: tuple[bytes, bytes] | None) -> None:
        if value is None:
            self._gone.add((key[2], word))
            return
        self._there.add((key[2], word))
        if promised is None:
            self._fault("value extra", key, word)
        elif commitment(salt=value[1], value=value[0].decode(errors="replace")) != promised:
            self._fault("value", key, word)

    def _take(self, key: Key) -> dict[str, tuple[bytes, bytes]]:
        """The values of this entry by word; those passed over belong to none."""
        found = {}
        while (row := self._row) is not None and row[:3] <= key:
            if row[:3] == key:
                found[row[3]] = (row[4], row[5])
            else:
                self._fault("value extra", row[:3], row[3])
            self._row = next(self._rows, None)
        return found

    def _fault(self, what: str, key: Key, word: str) -> None:
        self._report(Fault(what=what, organisation=key[0], file=key[1], number=key[2], detail=word))
