"""What was given to one person by name and not to a post: it does not go to anybody by itself when he leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kesu.reading.text import Text

from ..models import CaseRow, DutyRow
from ..sight.reader import Reader
from ..sight.seeing import visible
from .queries import RUNNING


@dataclass(frozen=True, slots=True)
class GivenByName:
    """The open files in which somebody has a task of his own: `listed` those that the reader sees, and how many others there are."""

    listed: Sequence[tuple[str, str, Text]]  # file, number, title
    others: int


def given_by_name(reader: Reader, person: str) -> GivenByName:
    """The files with a task for this person alone, by number."""
    files = set(
        DutyRow.objects.filter(
            organisation=reader.organisation, person=person, state__in=RUNNING
        ).values_list("file", flat=True)
    )
    rows: list[CaseRow] = list(visible(reader).filter(file__in=files).order_by("label"))
    listed = [(row.file, row.label, Text(row.title_zh, row.title_en)) for row in rows]
    return GivenByName(listed, len(files) - len(listed))
