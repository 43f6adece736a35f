"""A draw of cases to look into: the same seed over the same list draws the same cases, whoever draws, on whatever machine.

Each number of a case is joined to the seed by a blank, of that the SHA-256 is taken, and the cases with the lowest are drawn,
in that order. So anybody can draw again by hand, and nobody can choose a case by choosing what is drawn beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from heapq import nsmallest

from ..models import CaseRow
from ..sight.reader import Reader
from ..sight.seeing import visible
from .narrowing import Wanted, narrowing


@dataclass(frozen=True, slots=True)
class Draw:
    """What was drawn.

    `rows` come in the order of the draw, at most as many as were asked for. `among`: how many cases were in the list; `digest`:
    of their numbers in order, a line each: where it is the same later, nothing was added to the list and nothing taken away.
    """

    rows: list[CaseRow]
    among: int
    digest: str


def drawn(reader: Reader, *, wanted: Wanted, seed: str, n: int) -> Draw:
    """Draws `n` of the cases that the reader sees and that fit."""
    files = dict(
        visible(reader).filter(narrowing(reader, wanted)).order_by("label").values_list("label", "file")
    )
    chosen = nsmallest(n, files, key=lambda label: _lot(seed, label))
    rows = {row.file: row for row in visible(reader).filter(file__in=[files[label] for label in chosen])}
    return Draw(
        [rows[files[label]] for label in chosen if files[label] in rows],
        len(files),
        sha256("\n".join(files).encode()).hexdigest(),
    )


def _lot(seed: str, label: str) -> str:
    """The lot of one case: the lowest are drawn."""
    return sha256(f"{seed} {label}".encode()).hexdigest()
