"""Personal values against the commitments in the bytes; what is missing must have been erased on record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kesu.ledger.entry import commitment, upcast
from kesu.ledger.erase import ERASED_KIND
from kesu.ledger.faults import Fault
from kesu.ledger.snapshot import rows_of

Key = tuple[str, str, int]
Report = Callable[[Fault], None]


class Values:
    """Reads the table of personal values beside the entries; memory is bounded by one file."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._there: set[tuple[int, str]] = set()
        self._gone: set[tuple[int, str]] = set()
        self._erased: set[tuple[int, str]] = set()
        self._place: tuple[str, str] = ("", "")
        self._row: tuple[Any, ...] | None = None

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
        found = {}
        while (row := self._row) is not None and (key is None or row[:3] <= key):
            if row[:3] == key:
                found[row[3]] = (row[4], row[5])
            else:
                self._fault("value extra", row[:3], row[3])
            self._row = next(self._rows, None)
        return found

    def _fault(self, what: str, key: Key, word: str) -> None:
        self._report(Fault(what=what, organisation=key[0], file=key[1], number=key[2], detail=word))
