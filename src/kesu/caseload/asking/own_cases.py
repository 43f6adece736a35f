"""Every case of an organisation, folded from its entries, for whoever judges them all: whether anybody sees them or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kesu.casework.file.case_file import CaseFile
from kesu.ledger.read import entries_of
from kesu.names import FileName
from kesu.review.own_cases import OwnCase

from ..folded.fold import folded_from
from ..models import CaseRow


@dataclass(frozen=True, slots=True)
class OwnCases:
    """The cases of an organisation by their numbers, of one procedure or all; each time they are gone through, read anew."""

    organisation: str
    procedure: str | None = None

    def __iter__(self) -> Iterator[OwnCase]:
        for file, label in self._listed():
            yield OwnCase(label, self._fold(file))

    def _listed(self) -> Iterator[tuple[str, str]]:
        rows = CaseRow.objects.filter(organisation=self.organisation)
        if self.procedure is not None:
            rows = rows.filter(procedure=self.procedure)
        return iter(rows.order_by("label").values_list("file", "label"))

    def _fold(self, file: str) -> CaseFile:
        name = FileName(file)
        return folded_from(self.organisation, name, entries_of(self.organisation, name)).case
