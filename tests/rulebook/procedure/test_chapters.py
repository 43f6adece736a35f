"""The chapters of a paper through which a case goes: read from a file of the library, with the steps that its clauses ask for."""

from __future__ import annotations

import csv

import pytest

from kesu.procedure.written.chapters import FILE, chapters
from kesu.procedure.written.library import here
from kesu.procedure.written.paper_numbers import paper_number


def in_short(name: str) -> dict[str, list[str]]:
    """The chapters of a procedure by their numbers, each with its steps."""
    return {one.number: sorted(one.steps) for one in chapters(here().load(name))}


def test_the_seven_chapters_of_a_paper_are_the_way_of_its_cases() -> None:
    found = in_short("assessed-and-assigned")
    assert list(found) == ["1", "2", "3", "4", "5", "6"]  # by the seventh nobody takes a step
    assert (found["1"], found["2"], found["3"]) == (["received", "registered"], ["graded"], ["accepted"])
    assert "investigated" in found["4"]
    assert "result notified" in found["6"]


def test_a_step_stands_in_one_chapter_alone_and_in_the_innermost_that_its_clause_has() -> None:
    for name in (
        "assessed-and-assigned",
        "lab-pd-007",
        "itss-complaint",
        "staged-handling",
        "classed-and-graded",
    ):
        steps = [step for several in in_short(name).values() for step in several]
        assert len(steps) == len(set(steps)) > 0, name
    assert "investigated" in in_short("staged-handling")["6.2"]
    assert "investigated" in in_short("lab-pd-007")["4.2.2"]


@pytest.mark.parametrize("name", ["base", "lab-visit", "iso-17025-7-9"])
def test_a_paper_whose_chapters_are_not_listed_has_none(name: str) -> None:
    assert in_short(name) == {}


def test_every_listed_chapter_holds_clauses_of_the_catalogue() -> None:
    root = here().roots[0]
    with (root / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    with (root / FILE).open(encoding="utf-8", newline="") as file:
        listed = [(row["paper"], row["number"]) for row in csv.DictReader(file)]
    empty = [
        (paper, number)
        for paper, number in listed
        if not any(
            one.startswith(f"{paper}-") and f"{paper_number(one)}.".startswith(f"{number}.") for one in ids
        )
    ]
    assert empty == []
    assert len(listed) == len(set(listed)) > 20
