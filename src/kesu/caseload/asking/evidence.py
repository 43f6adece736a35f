"""The files of a case as one person gets them: with the entries that he sees, and of these the facts that are open to him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kesu.procedure.kinds.files import SORTS, holds_files, title_of
from kesu.reading.text import Text

from ..folded.recorded import of_files
from ..sight.gate import Disclosure
from ..sight.lines import Line
from .opened import CaseView


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file of a case. `number` and `step` are the entry that brought it, `by` who did, `at` when; `type` is that of its content.

    `name` is None where it was erased, and its bytes with it. `struck`: the entry no longer counts.
    """

    digest: str
    name: str | None
    title: Text
    sort: Text | None
    type: str
    size: str
    number: int
    step: Text
    by: str
    at: datetime
    struck: bool


def evidence_of(view: CaseView) -> list[EvidenceFile]:
    """In the order of the entries; a file that several bring stands there once for each."""
    return [one for line in view.timeline() for one in _brought(line)]


def evidence_file(view: CaseView, digest: str) -> EvidenceFile | None:
    """The file of this digest; None where the case has none that this person sees, or where it was erased."""
    found = (one for one in evidence_of(view) if one.digest == digest and one.name is not None)
    return next(found, None)


def _brought(line: Line) -> list[EvidenceFile]:
    values = [fact.value for fact in line.facts if fact.how is Disclosure.OPEN and of_files(fact.word)]
    return [
        EvidenceFile(
            digest=file["digest"],
            name=file.get("name"),
            title=title_of(file),
            sort=SORTS.get(file["sort"]),
            type=file["type"],
            size=file["size"],
            number=line.number,
            step=line.title,
            by=line.by,
            at=line.at,
            struck=line.struck,
        )
        for value in values
        if holds_files(value)
        for file in value  # type: ignore[union-attr]
    ]
