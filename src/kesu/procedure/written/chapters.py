"""The chapters of the paper itself through which a case goes, and which of the procedure's steps belong to which.

What a chapter is called stands in a file of the library, as the paper has it in few words; which steps belong to it follows from
the clauses that the rules about a step cite. A step that several rules ask for belongs to the chapter of the one that asks for
the fewest: a rule on who stays out of everything says little of where a step stands. An arrival, and what completes it, begins.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from kesu.names import StepName
from kesu.reading.text import Text

from .citing import paper_of
from .library import here
from .model import Procedure
from .paper_numbers import paper_number

FILE: Final = "paper-chapters.csv"  # the paper, the number of its chapter, and what it is called
FEWEST: Final = 3  # chapters: of two there is no way to show


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter with the steps that stand in it."""

    number: str
    title: Text
    steps: frozenset[StepName]


def chapters(procedure: Procedure) -> list[Chapter]:
    """The chapters in which the procedure has steps, in the order of the paper; none where there are too few to be a way."""
    titles = _listed().get(procedure.own_paper, {})
    found: dict[str, set[StepName]] = {number: set() for number in titles}
    for step, number in _placed(procedure, titles).items():
        found[number].add(step)
    made = [Chapter(number, titles[number], frozenset(steps)) for number, steps in found.items() if steps]
    return made if len(made) >= FEWEST else []


def _placed(procedure: Procedure, titles: Mapping[str, Text]) -> dict[StepName, str]:
    """By step the chapter it stands in."""
    placed: dict[StepName, str] = {}
    rules = sorted(procedure.rules, key=lambda rule: len(rule.shape.asked())) if titles else ()
    for rule in rules:
        number = next(filter(None, (_chapter(one, procedure, titles) for one in rule.clauses)), None)
        for name in rule.shape.asked() if number else ():
            step = procedure.steps.get(StepName(name))
            if step is not None and number and (step.word.own_work or step.word.complainants):
                placed.setdefault(step.name, next(iter(titles)) if step.word.complainants else number)
    return placed


def _chapter(clause: str, procedure: Procedure, titles: Mapping[str, Text]) -> str | None:
    """The innermost chapter in which a clause of the procedure's own paper stands."""
    if paper_of(clause) != procedure.own_paper:
        return None
    number = f"{paper_number(clause)}."
    return max((one for one in titles if number.startswith(f"{one}.")), key=len, default=None)


@cache
def _listed() -> Mapping[str, Mapping[str, Text]]:
    rows: dict[str, dict[str, Text]] = {}
    for root in here().roots:
        if (root / FILE).is_file():
            with (root / FILE).open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    rows.setdefault(row["paper"], {})[row["number"]] = Text(row["zh"], row["en"])
    return rows
