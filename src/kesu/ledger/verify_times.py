"""Verification of times: was an entry noted within minutes of the checkpoint that covers it?

The sealer works every minute, and nothing is written before what is sealed already. An entry that says it was noted long
before the last checkpoint that does not cover it was dated back; one from after the checkpoint that covers it was written
by a clock that ran ahead. Where two persons corrected the clock (`corrections`), neither is said of what they spoke of.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import lru_cache

from kesu.ledger.checkpoint import NotACheckpoint, Statement, read_statement
from kesu.ledger.corrections import Correction, corrections_of
from kesu.ledger.entry import instant
from kesu.ledger.snapshot import rows_of

SLACK = timedelta(minutes=10)  # an act takes some time from its noting to its commit


class SealTimes:
    """The times of an organisation's checkpoints, as text like the entries', by the leaves that they cover."""

    def __init__(self, statements: Iterable[Statement], corrections: Sequence[Correction] = ()) -> None:
        self._sizes: list[int] = []
        self._earliest, self._latest = [""], list[str]()
        for statement in statements:
            self._sizes.append(statement.size)
            earliest, latest = statement.time, statement.time + SLACK
            for one in corrections:
                if one.checkpoint == statement.number:  # what comes next was written by a right clock
                    earliest = min(earliest, one.since)
                if statement.number <= one.checkpoint + 1:  # what it covers may be of a clock that was wrong
                    latest = max(latest, one.until)
            self._earliest.append(instant(earliest - SLACK))
            self._latest.append(instant(latest))

    def fault(self, place: int, noted: str) -> str | None:
        """What is wrong with an entry that was noted then and stands at this leaf."""
        covering = bisect_left(self._sizes, place)
        if covering == len(self._sizes):
            return None  # no checkpoint covers it, which is said elsewhere
        if noted < self._earliest[covering]:
            return "noted long before"
        return "noted after its seal" if noted > self._latest[covering] else None

    def hold(self, places: tuple[int, ...], noted: list[str]) -> bool:
        """Is nothing wrong with any of them?"""
        covering = bisect_left(self._sizes, min(places))
        if covering == bisect_left(self._sizes, max(places)) < len(self._sizes):
            return self._earliest[covering] <= min(noted) and max(noted) <= self._latest[covering]
        return all(self.fault(place, when) is None for place, when in zip(places, noted, strict=True))


@lru_cache(maxsize=2)
def seal_times(organisation: str) -> SealTimes:
    """Of what this moment's snapshot shows; whoever verifies anew clears what was kept (`seal_times.cache_clear`)."""
    return SealTimes(_statements(organisation), corrections_of(organisation))


def _statements(organisation: str) -> Iterable[Statement]:
    for (body,) in rows_of(
        "SELECT body FROM ledger_checkpoint WHERE organisation = %s ORDER BY number", [organisation]
    ):
        try:
            yield read_statement(body)
        except NotACheckpoint:
            continue  # which is said elsewhere
