"""Values that are used once in the whole organisation, over a whole log: the case that used one first has it.

A log comes case by case and not in the order of time, so it is looked through once before it is judged. Kept are a few
numbers for each value that is used, whatever else the log holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kesu.procedure.history.act import Act
from kesu.procedure.history.of_a_file import History
from kesu.procedure.kinds.alike import spellings
from kesu.procedure.shapes.abilities import UsedOnce
from kesu.procedure.written.model import Procedure

from .cases import LoggedCase
from .now_known import as_now_known

Use = tuple[str, str]


@dataclass(slots=True)
class FirstUses:
    """For each value used, by a short digest: when it was used first, and a short digest of the case that did."""

    shapes: tuple[UsedOnce, ...]
    zone: str
    loosely: bool = True  # as people write them, save in editions of Kesu 0.1
    first: dict[int, tuple[float, int]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, cases: Iterable[LoggedCase], *, procedure: Procedure, as_of: datetime, zone: str
    ) -> FirstUses:
        """Looks through all cases as they were known at `as_of`."""
        uses = cls(tuple(shape for _, shape in procedure.able(UsedOnce)), zone, procedure.reckoning.in_full)
        for case in cases if uses.shapes else ():
            name = _short(case.case)
            for use, act in uses._uses([act for act in case.acts if act.noted <= as_of]):
                mine, key = (act.at.timestamp(), name), _short(*use)
                uses.first[key] = min(uses.first.get(key, mine), mine)
        return uses

    def by_others(self, case: str, acts: Sequence[Act]) -> frozenset[Use]:
        """The values used in a case that another one used before."""
        name = _short(case)
        return frozenset(
            use for use, _ in self._uses(acts) if self.first.get(_short(*use), (0.0, name))[1] != name
        )

    def _uses(self, acts: Sequence[Act]) -> Iterator[tuple[Use, Act]]:
        """What standing acts use, as corrected."""
        nothing = History()
        for act in as_now_known(acts, zone=self.zone) if self.shapes else ():
            for shape in self.shapes:
                for value in shape.uses(nothing, act):
                    for key in spellings(value, loosely=self.loosely):
                        yield (shape.word, key), act


def _short(*parts: str) -> int:
    return int.from_bytes(hashlib.sha256("\n".join(parts).encode()).digest()[:8], "big")
