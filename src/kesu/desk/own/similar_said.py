"""Cases that may be the same, in words."""

from __future__ import annotations

from collections.abc import Sequence

from kesu.caseload.asking.similar import Similar
from kesu.reading.text import Text

from ..said.rows_said import CaseLine, case_lines
from ..who.here import Here


def similar_said(similar: Sequence[Similar], here: Here) -> list[tuple[CaseLine, Text]]:
    """Each with in what it is alike."""
    lines = case_lines([one.row for one in similar], here)
    return [
        (line, Text("、".join(text.zh for text in one.alike), ", ".join(text.en for text in one.alike)))
        for line, one in zip(lines, similar, strict=True)
    ]
