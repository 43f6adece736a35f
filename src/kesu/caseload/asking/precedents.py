"""What ended cases of the same kind got, of those that the reader sees: how often each, and the newest of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from kesu.names import FactName
from kesu.procedure.shapes.abilities import ShowsPrecedents

from ..models import CaseRow, TraitRow
from ..sight.reader import Reader
from ..sight.seeing import visible

LATELY: Final = timedelta(days=3 * 365)
MOST: Final = 500  # cases that are counted, the newest
NAMED: Final = 5  # of them, by their numbers

Got = tuple[FactName, str]  # a fact and one of its values


@dataclass(frozen=True, slots=True)
class EndedAlike:
    """What makes them alike, how many there are, how often each value was got (the most frequent first), and the newest."""

    alike: tuple[Got, ...]
    cases: int
    got: tuple[tuple[Got, int], ...]
    newest: tuple[tuple[CaseRow, tuple[Got, ...]], ...]


def ended_alike(reader: Reader, row: CaseRow, shape: ShowsPrecedents) -> EndedAlike | None:
    """Of the last three years; None while it is not on record what this case is alike in."""
    traits = TraitRow.objects.filter(organisation=row.organisation)
    alike = tuple(
        (FactName(word), value)
        for word, value in traits.filter(file=row.file, word__in=shape.similar)
        .order_by("word", "value")
        .values_list("word", "value")
    )
    if {word for word, _ in alike} != set(shape.similar):
        return None
    rows = visible(reader).filter(
        procedure=row.procedure, ended__isnull=False, received__gt=reader.now - LATELY
    )
    for word, value in alike:
        rows = rows.filter(file__in=traits.filter(word=word, value=value).values("file"))
    found = list(rows.exclude(file=row.file).order_by("-received", "file")[:MOST])
    of_file: dict[str, list[Got]] = {}
    said = traits.filter(word__in=shape.got, file__in=[one.file for one in found]).order_by("word", "value")
    for file, fact, got in said.values_list("file", "word", "value"):
        of_file.setdefault(file, []).append((FactName(fact), got))
    told = [one for one in found if one.file in of_file]
    counts = Counter(got for one in told for got in of_file[one.file])
    return EndedAlike(
        alike,
        len(told),
        tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0]))),
        tuple((one, tuple(of_file[one.file])) for one in told[:NAMED]),
    )
