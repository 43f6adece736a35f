"""The files that a case holds: those that its entries name and whose names nobody has erased."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kesu.casework.file.case_file import CaseFile
from kesu.procedure.kinds.files import holds_files

from ..folded.recorded import of_files
from ..models import AttachedRow, Row


def attached_rows(case: CaseFile) -> list[Row]:
    """One row a digest, however often the case names it."""
    held = {file["digest"] for act in case.history.acts for _, file in files_in(act.facts) if "name" in file}
    return [(AttachedRow, {"digest": digest}) for digest in sorted(held)]


def files_in(facts: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every file that the facts of an act name, with its fact; without a name where that was erased."""
    for word, value in facts.items():
        if isinstance(value, list) and of_files(word) and holds_files(value):
            for file in value:
                yield word, file
