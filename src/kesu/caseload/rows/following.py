"""The search follows the ledger: what an act said is looked through by whoever searches next, not by whoever acts.

An act writes nothing of it. The sealer's lists tell in which files something happened: entries that wait for a leaf, and
leaves after the one up to which the search has followed (`SearchedRow`). The loop of the server follows every twenty
seconds, and a search follows before it looks, so nobody is told less than what stands in the ledger; after a restart both go
on from where the row says. An erasure does not wait: it makes the row anew in its own transaction.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from django.db import DatabaseError, connection, transaction

from kesu.ledger.oneway import writing
from kesu.names import FileName
from kesu.people.models import Revision

from ..folded.fold import Folded, NoSuchFile, folds
from ..models import CaseRow, SearchedRow, SearchRow
from ..pieces import only_read
from .projection import keyed, refresh
from .searchable import search_row

STRETCH: Final = 100  # files to a transaction: nobody who acts waits for more of them
log = logging.getLogger(__name__)
_SAID: Final = ("number", "said", "folded", "grams")


def follow(organisation: str) -> int:
    """Makes the search say what the ledger says; gives the number of files that it had not followed.

    Each stretch of files is a transaction of its own. A database that can only be read stays as far as it is. The mark passes no
    file that could not be followed: what failed for a moment is made good by the next turn, and not by the next act of that file.
    """
    late, newest = waiting(organisation)
    files, followed, missed = iter(sorted(late)), 0, set[str]()
    try:
        while stretch := list(islice(files, STRETCH)):
            followed += _stretch(organisation, stretch, missed)
        if newest and not missed:
            with writing(), transaction.atomic():
                note(organisation, newest)
    except DatabaseError as error:
        if not only_read(error):
            raise
    return followed


def follow_everywhere() -> int:
    """The same for every organisation: one turn of the loop."""
    names = list(Revision.objects.order_by("organisation").values_list("organisation", flat=True))
    return sum(follow(name) for name in names)


def waiting(organisation: str) -> tuple[set[str], int]:
    """The files in which something may have happened since, and the newest leaf of them (0: none was sealed since)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT file, MAX(number) FROM ledger_leaf WHERE organisation = %s AND number >"
            " COALESCE((SELECT leaf FROM caseload_searchedrow WHERE organisation = %s), 0) GROUP BY file"
            " UNION ALL SELECT file, 0 FROM ledger_unsealed WHERE organisation = %s",
            [organisation] * 3,
        )
        rows = cursor.fetchall()
    return {file for file, _ in rows}, max((number for _, number in rows), default=0)


def alone(organisation: str) -> None:
    """Nobody else writes the search of this organisation up to the end of the transaction; on SQLite nobody writes anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"kesu search {organisation}"]
            )


def note(organisation: str, leaf: int) -> None:
    """The search has followed up to this leaf."""
    alone(organisation)
    SearchedRow.objects.update_or_create(organisation=organisation, defaults={"leaf": leaf})


def put_back(organisation: str, leaf: int) -> None:
    """Takes a mark back that says more than there is; where nothing is sealed there is none."""
    with writing(), transaction.atomic():
        alone(organisation)
        if leaf:
            SearchedRow.objects.filter(organisation=organisation).update(leaf=leaf)
        else:
            SearchedRow.objects.filter(organisation=organisation).delete()


def write_anew(fold: Folded) -> None:
    """Makes the row of one file anew, whatever it says: for an erasure, in its transaction."""
    alone(fold.organisation)
    _write(fold, _stored(fold.organisation, [fold.file]).get(fold.file))


def _stretch(organisation: str, files: list[str], missed: set[str]) -> int:
    """Follows these files; the number of those that were behind. Those that failed are `missed`."""
    if not _behind(organisation, files):
        return 0
    with writing(), transaction.atomic():
        alone(organisation)
        behind = _behind(organisation, files)  # by now somebody else may have followed
        stored = _stored(organisation, behind)
        for file in behind:
            if (fold := _fold(organisation, file, missed)) is not None:
                _write(fold, stored.get(file))
                folds.put(fold)
        return len(behind)


def _fold(organisation: str, file: str, missed: set[str]) -> Folded | None:
    """The fold of a file; None where it cannot be read: the others are found all the same, and verification names it.

    A file whose edition this release cannot read is not missed: the release that can makes all rows anew.
    """
    try:
        return folds.take(organisation, FileName(file))
    except DatabaseError:
        raise
    except NoSuchFile:  # this release cannot read its edition
        return None
    except Exception:  # whatever altered bytes end in
        log.exception("%s: the search cannot follow %s; run kesu verify", organisation, file)
        missed.add(file)
        return None


def _behind(organisation: str, files: Iterable[str]) -> list[str]:
    """Those of these files whose row is not there, or does not know their last entry."""
    here = {"organisation": organisation, "file__in": list(files)}
    known = dict(SearchRow.objects.filter(**here).values_list("file", "number"))
    cases = CaseRow.objects.filter(**here).order_by("file").values_list("file", "number")
    return [file for file, number in cases if known.get(file, 0) < number]


def _stored(organisation: str, files: list[str]) -> dict[str, Mapping[str, Any]]:
    rows = SearchRow.objects.filter(organisation=organisation, file__in=files)
    return {row.file: {name: getattr(row, name) for name in _SAID} for row in rows}


def _write(fold: Folded, stored: Mapping[str, Any] | None) -> None:
    """Writes what differs: mostly the number of the entry alone."""
    before = {} if stored is None else keyed([(SearchRow, stored)])
    after = keyed([(SearchRow, search_row(fold))])
    refresh(organisation=fold.organisation, file=fold.file, before=before, after=after)
