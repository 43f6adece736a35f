"""Verification of files: every entry in order of file and number, beside its leaf and personal values.

Entries are read in batches. A batch in which everything is as it must be is seen to be so by comparing whole lists;
only a batch in which something differs, or whose end is not sealed yet, is gone through entry by entry.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from operator import itemgetter, le
from typing import Any

import orjson

from kesu.ledger.corrections import Correction, explained
from kesu.ledger.entry import moment
from kesu.ledger.erase import ERASED_KIND
from kesu.ledger.faults import Fault
from kesu.ledger.macs import Macs, Wanted
from kesu.ledger.snapshot import Row, Stream, batches_of
from kesu.ledger.verify_times import SealTimes
from kesu.ledger.verify_values import Values

Key = tuple[str, str, int]
Report = Callable[[Fault], None]
_BATCH = 100  # more of them, parsed, fall out of the processor's cache
_NO_ENTRY = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
)  # what reading strange bytes as an entry ends in
_COLUMNS = ("organisation", "file", "number", "kind", "by", "key")
_columns = itemgetter(*_COLUMNS)
_key = itemgetter(0, 1, 2)
_ENTRY, _LEAF, _WAITING = (
    "SELECT organisation, file, number, kind, person, key, digest, body, mac FROM ledger_entry",
    "SELECT organisation, file, entry, number, digest FROM ledger_leaf",
    "SELECT organisation, file, number FROM ledger_unsealed",
)


class Entries:
    """One walk over the entries of an organisation of which `size` leaves are sealed; what it counts is read afterwards.

    Without `macs` no code is looked at, without `times` no time is held against that of the seal; nor is either of entries
    that need no code, for what wrote them did not yet look at the clock. Times may fall where one of `corrections` explains it.
    """

    def __init__(
        self,
        *,
        size: int,
        report: Report,
        macs: Wanted | None = None,
        times: SealTimes | None = None,
        corrections: Sequence[Correction] = (),
    ) -> None:
        self.entries = self.files = self.unsealed = 0
        self.unsealed_since: datetime | None = None
        self._size, self._report = size, report
        self._macs = Macs(macs.key) if macs else None
        self._macs_after = macs.after if macs else None
        self._times = times if self._macs_after is not None else None
        self._place: tuple[str, str] = ("", "")
        self._number, self._previous, self._anchored = 0, None, False  # type: tuple[int, str | None, bool]
        self._noted = ""  # of the entry before, as it is written: text order is time order
        self._corrections = corrections
        self._values = Values(report)

    def walk(self, where: str, parameters: list[Any]) -> None:
        """Check every entry that `where` selects."""
        entries = Stream(batches_of(f"{_ENTRY} {where} ORDER BY organisation, file, number", parameters))
        self._leaves = Stream(batches_of(f"{_LEAF} {where} ORDER BY organisation, file, entry", parameters))
        self._waiting = Stream(
            batches_of(f"{_WAITING} {where} ORDER BY organisation, file, number", parameters)
        )
        self._values.open(where, parameters)
        while batch := entries.peek(_BATCH):
            entries.skip(len(batch))
            self._batch(batch)
        for stream in (self._leaves, self._waiting):
            self._lonely(stream.before(None))
        self._values.end_of_file(self._place)
        self._values.close()

    def _batch(self, batch: list[Row]) -> None:
        digests = [sha256(row[7]).digest() for row in batch]
        try:
            parts = [orjson.loads(row[7]) for row in batch]
            whole = self._is_whole(batch, digests, parts)
        except _NO_ENTRY:
            whole = False
        if not whole:
            for row, real in zip(batch, digests, strict=True):
                self._entry(row, real)
            return
        self._leaves.skip(len(batch))
        self.entries += len(batch)
        if self._values.batch(batch, parts):
            self.files += sum(row[2] == 1 for row in batch)
            self._place = batch[-1][:2]
        else:
            for row, part in zip(batch, parts, strict=True):
                if row[2] == 1:
                    self._next_file(row[0], row[1])
                if part["commitments"] or row[3] == ERASED_KIND:
                    self._personal(row, part)
        self._number, self._previous, self._anchored = batch[-1][2], digests[-1].hex(), True
        self._noted = parts[-1]["noted"]

    def _is_whole(self, batch: list[Row], digests: list[bytes], parts: list[dict[str, Any]]) -> bool:
        """Is everything in this batch as it must be, sealed, and without surprises beside it? Column by column."""
        leaves = self._leaves.peek(len(batch))
        if len(leaves) != len(batch) or batch[0][0] != batch[-1][0]:
            return False
        *copied, kept, _, macs = zip(*batch, strict=True)
        _, files, numbers, *_ = copied
        *sealed, places, sealed_digests = zip(*leaves, strict=True)
        waiting = self._waiting.peek(1)
        before = (self._previous, *[digest.hex() for digest in digests[:-1]])
        follows = [previous if number > 1 else None for number, previous in zip(numbers, before, strict=True)]
        return (
            sealed == copied[:3]
            and kept == sealed_digests == tuple(digests)
            and list(map(_columns, parts)) == list(zip(*copied, strict=True))
            and [part["previous"] for part in parts] == follows
            and self._count_on(files, numbers, goes_on=self._place == batch[0][:2])
            and self._in_time(numbers, parts)
            and self._are_held(digests, macs, places, parts)
            and not (waiting and waiting[0] <= _key(batch[-1]))
        )

    def _count_on(self, files: tuple[str, ...], numbers: tuple[int, ...], *, goes_on: bool) -> bool:
        """Does each number follow the one before, each file begin with 1?"""
        first = self._number + 1 if goes_on else 1
        follow = zip(files, files[1:], numbers, strict=False)
        return numbers == (first, *[number + 1 if file == then else 1 for file, then, number in follow])

    def _in_time(self, numbers: tuple[int, ...], parts: list[dict[str, Any]]) -> bool:
        """Was no entry noted before the one that it follows?"""
        noted = [part["noted"] for part in parts]
        before = (self._noted, *noted[:-1])
        return all(map(le, before, noted)) or all(
            number == 1 or earlier <= later
            for number, earlier, later in zip(numbers, before, noted, strict=True)
        )

    def _are_held(
        self,
        digests: list[bytes],
        macs: tuple[bytes | None, ...],
        places: tuple[int, ...],
        parts: list[dict[str, Any]],
    ) -> bool:
        """Does a checkpoint of about its time cover each of these leaves, and does each entry carry its code?"""
        covered = 1 <= min(places) <= max(places) <= self._size
        return covered and self._are_authentic(digests, macs, places) and self._are_timely(places, parts)

    def _are_authentic(
        self, digests: list[bytes], macs: tuple[bytes | None, ...], places: tuple[int | None, ...]
    ) -> bool:
        """Does each entry carry its code, where one is wanted or there?"""
        if self._macs is None:
            return True
        codes = self._macs.of_all(digests)
        return codes == list(macs) or all(
            mac == code or not self._is_wanted(mac, place)
            for mac, code, place in zip(macs, codes, places, strict=True)
        )

    def _is_wanted(self, mac: bytes | None, place: int | None) -> bool:
        """Is a code wanted at this leaf (None: not sealed)? Where no mark says from where on, only what is there counts."""
        return mac is not None if self._macs_after is None else place is None or place > self._macs_after

    def _are_timely(self, places: tuple[int, ...], parts: list[dict[str, Any]]) -> bool:
        """Was each entry noted about when it was sealed?"""
        if self._times is None or self._macs_after is None:
            return True
        noted = [part["noted"] for part in parts]
        if min(places) > self._macs_after:
            return self._times.hold(places, noted)
        late = [both for both in zip(places, noted, strict=True) if both[0] > self._macs_after]
        return all(self._times.fault(*both) is None for both in late)

    def _entry(self, row: Row, real: bytes) -> None:
        organisation, file, number, *_, digest, body, mac = row
        if (organisation, file) != self._place:
            self._next_file(organisation, file)
        self.entries += 1
        anchored, place = self._seal(row[:3], digest)
        if number != self._number + 1:
            self._fault("missing", organisation, file, self._number + 1)
        if real != digest:
            self._fault("digest", organisation, file, number)
        try:
            part = orjson.loads(body)
            known = _columns(part)
            self._content(row, part, known, anchored)
            self._timely(row, part["noted"], place)
        except _NO_ENTRY:
            self._fault("unreadable", organisation, file, number)
        if not self._are_authentic([real], (mac,), (place,)):
            self._fault("mac", organisation, file, number)
        self._number, self._previous, self._anchored = number, real.hex(), anchored and real == digest

    def _content(self, row: Row, part: dict[str, Any], signed_columns: Row, anchored: bool) -> None:
        """The bytes against the columns, the entry before, and the personal values."""
        if signed_columns != row[:6]:
            wrong = next(
                name
                for name, signed, kept in zip(_COLUMNS, signed_columns, row, strict=False)
                if signed != kept
            )
            self._fault("column", row[0], row[1], row[2], wrong)
        if part["previous"] != self._previous:
            self._broken_link(*row[:3])
        if part["noted"] < self._noted and not explained(self._corrections, self._noted, part["noted"]):
            self._fault("noted falls", row[0], row[1], row[2], part["noted"])
        self._noted = part["noted"]
        if not anchored:
            noted = moment(part["noted"])
            self.unsealed_since = min(noted, self.unsealed_since or noted)
        self._personal(row, part)

    def _timely(self, row: Row, noted: str, place: int | None) -> None:
        """The time that it was noted against the time of its seal."""
        if self._times is not None and self._macs_after is not None and place and place > self._macs_after:
            what = self._times.fault(place, noted)
            if what is not None:
                self._fault(what, row[0], row[1], row[2], noted)

    def _personal(self, row: Row, part: dict[str, Any]) -> None:
        try:
            self._values.entry(row[:3], part)
        except _NO_ENTRY:
            self._fault("unreadable", row[0], row[1], row[2])

    def _seal(self, key: Key, digest: bytes) -> tuple[bool, int | None]:
        """Is this entry sealed, with this digest, and at which leaf? Leaves and work list are checked on the way."""
        for stream in (self._leaves, self._waiting):
            self._lonely(stream.before(key))
        leaf, waits = self._leaves.take(key), self._waiting.take(key)
        if leaf is None:
            self.unsealed += 1
            if waits is None:
                self._fault("never to be sealed", *key)
            return False, None
        if leaf[4] != digest:
            self._fault("sealed otherwise", *key, f"leaf {leaf[3]}")
            return False, leaf[3]
        if not 1 <= leaf[3] <= self._size:
            self._fault("leaf place", *key, f"leaf {leaf[3]}")
        return True, leaf[3]

    def _lonely(self, rows: list[Row]) -> None:
        """Leaves or lines of the work list whose entry is not there."""
        for row in rows:
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
        self._noted = ""
        self.files += 1

    def _fault(self, what: str, organisation: str, file: str, number: int, detail: str = "") -> None:
        self._report(Fault(what=what, organisation=organisation, file=file, number=number, detail=detail))
