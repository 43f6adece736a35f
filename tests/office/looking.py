"""Looking at a folded file without an act."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kesu.caseload.folded.fold import Folded, folds


@contextmanager
def looked_at(organisation: str, file: str) -> Iterator[Folded]:
    """A fold to look at; it goes back unless something went wrong."""
    fold = folds.take(organisation, file)
    yield fold
    folds.put(fold)
