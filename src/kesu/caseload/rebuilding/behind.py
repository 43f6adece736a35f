"""The row of the search may be behind its file; then it has to be what the file was up to the entry that it tells."""

from __future__ import annotations

from collections.abc import Sequence

from kesu.ledger.read import entries_of

from ..folded.fold import folded_from
from ..models import Row, SearchRow
from ..rows.searchable import search_row


def as_far_as_followed(organisation: str, file: str, rows: Sequence[Row], stored: Sequence[Row]) -> list[Row]:
    """The rows of a file by its entries, that of the search by those entries that it has followed; without it before any."""
    told = next((int(row["number"]) for model, row in stored if model is SearchRow), 0)
    others = [(model, row) for model, row in rows if model is not SearchRow]
    entries = entries_of(organisation, file)
    if told >= len(entries):
        return list(rows)
    if told < 1:
        return others
    return [*others, (SearchRow, search_row(folded_from(organisation, file, entries[:told])))]
