"""Running acts that already happened through the rules, in order: the same judge, nothing refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kesu.procedure.history import Act
from kesu.procedure.verdict import Finding

from .decide import clock_acts
from .file import CaseFile

CLOCKED = ("fell late", "promoted")


def replay(file: CaseFile, acts: Iterable[Act]) -> Iterator[tuple[Act, list[Finding]]]:
    """Applies each act to `file` and gives it with its findings. The clock's own entries are made anew (semantics 2.2)."""
    for given in acts:
        if given.step in CLOCKED and given.by is None:
            continue
        clock_acts(file, given.noted)
        act = replace(given, number=file.number + 1)
        found = file.judge(act)
        found += file.apply(act)
        for one in file.following(at=act.at, noted=act.noted):
            found += file.apply(one)
        yield act, found
