"""The number of a clause as its paper prints it. The ids of the catalogue are this house's own, and nobody can look one up.

An id is the paper, a hyphen, and as a rule the paper's own number (A03-4.2.2.1a: 4.2.2.1, of which a is a part). A paper
that numbers nothing, or that only restates another, has its numbers in a file of the library.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from .library import here

FILE: Final = "paper-numbers.csv"  # two columns: the id, and the number in the paper, empty where it has none
OURS: Final = re.compile(
    r"(?P<paper>[A-Z]{1,3}\d{2})-(?P<part>[A-Z]?)(?P<number>\d[\d.]*)(?P<split>[a-z]?\d*(?:-[a-z]+)?)"
)


def paper_number(clause: str) -> str:
    """The number that stands in the paper; “” where the paper has none. What is no id of the catalogue stays as it is."""
    listed = _listed()
    if clause in listed:
        return listed[clause]
    found = OURS.fullmatch(clause)
    return found["number"].rstrip(".") if found else clause


def paper_numbers(clauses: Iterable[str]) -> list[str]:
    """The numbers of several clauses, each once, in their order."""
    return [number for number in dict.fromkeys(map(paper_number, clauses)) if number]


@cache
def _listed() -> Mapping[str, str]:
    rows: dict[str, str] = {}
    for root in here().roots:
        if (root / FILE).is_file():
            with (root / FILE).open(encoding="utf-8", newline="") as file:
                rows.update((row["id"], row["paper"]) for row in csv.DictReader(file))
    return rows
