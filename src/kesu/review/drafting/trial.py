"""A draft is tried at once: read as `kesu review` reads it, and with the rows that were looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from kesu.procedure.written.model import Procedure
from kesu.reading.strict import ReadError
from kesu.reading.text import Text

from ..acts import acts_of
from ..mapping_reading import read_mapping
from ..numbers import Numbers
from ..prepared import prepared
from ..remarks import Remarks
from ..rows import Problem, Problems, Row
from .look import Look
from .table import Table


@dataclass(slots=True)
class Trial:
    """What came of it: the rows that were refused, and how many cases and acts the others brought."""

    problems: list[Problem] = field(default_factory=list)
    refused: int = 0
    cases: int = 0
    acts: int = 0
    unreadable: Text | None = None


def tried(text: str, *, look: Look, table: Table, procedure: Procedure) -> Trial:
    """Reads the draft, and every row by it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "draft.yaml"
        path.write_text(text, encoding="utf-8")
        try:
            mapping = read_mapping(path, procedure=procedure)
        except ReadError as error:
            return Trial(unreadable=Text(error.in_("zh"), error.in_("en")))
    names = [column.name for column in table.columns]
    rows = (
        Row(line.place, dict(zip(names, cells, strict=True)))
        for line, cells in zip(
            table.rows, zip(*(column.cells for column in table.columns), strict=True), strict=True
        )
    )
    problems, remarks, numbers, acts = Problems(look.name, look.unit), Remarks(look.unit), Numbers(), 0
    for row in prepared(rows, mapping, remarks):
        for case, _ in acts_of(row, mapping=mapping, problems=problems, remarks=remarks):
            numbers.place(case)
            acts += 1
    return Trial(problems.kept, problems.count, len(numbers), acts)
