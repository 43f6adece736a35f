"""The search may be behind the ledger: what its rows have to say all the same, and how far its mark may go.

A file of which a leaf lies at or below the mark has a row that knows the entry of that leaf: whoever raises the mark follows
first. Above the mark, and for what waits for a leaf, a row may be behind or not be there yet; then it has to be what the file was
up to the entry that it tells. A mark that is lower than it was, or gone, takes nothing from anybody: the search follows again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from kesu.ledger.read import entries_of

from ..folded.fold import folded_from
from ..models import Row, SearchedRow, SearchRow
from ..rows.following import waiting
from ..rows.searchable import search_row


@dataclass(frozen=True, slots=True)
class Followed:
    """How far the search of an organisation has come: its mark (None: there is none) and the newest leaf; which files may wait to be
    followed, and up to which entry the row of each goes at least."""

    mark: int | None
    newest: int
    late: frozenset[str]
    owed: dict[str, int]

    @property
    def is_out(self) -> bool:
        """Whether the mark says what no follower can have written: leaves that are not there, so that they will be passed over."""
        return self.mark is not None and not 0 < self.mark <= self.newest


def followed(organisation: str) -> Followed:
    """What mark and leaves say now."""
    mark = SearchedRow.objects.filter(organisation=organisation).values_list("leaf", flat=True).first()
    late, _ = waiting(organisation)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT file, MAX(CASE WHEN number <= %s THEN entry ELSE 0 END), MAX(number) FROM ledger_leaf"
            " WHERE organisation = %s GROUP BY file",
            [mark or 0, organisation],
        )
        leaves = cursor.fetchall()
    newest = max((number for _, _, number in leaves), default=0)
    return Followed(mark, newest, frozenset(late), {file: entry for file, entry, _ in leaves})


def as_far_as_followed(
    organisation: str, file: str, rows: Sequence[Row], stored: Sequence[Row], owed: int
) -> list[Row]:
    """The rows of a file by its entries, that of the search by those entries that it has followed; without it before any.

    Where it does not go as far as it has to (`owed`), it has to be whole.
    """
    told = next((int(row["number"]) for model, row in stored if model is SearchRow), 0)
    others = [(model, row) for model, row in rows if model is not SearchRow]
    entries = entries_of(organisation, file)
    if told < owed or told >= len(entries):
        return list(rows)
    if told < 1:
        return others
    return [*others, (SearchRow, search_row(folded_from(organisation, file, entries[:told])))]
