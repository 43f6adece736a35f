"""The page of the thirty hard ones speaks of examples and files that there are."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from kesu.casework.examples.trying import exemplified
from kesu.procedure.written.library import here

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "explanation" / "hard-ones.md").read_text(encoding="utf-8")
SECTIONS = {
    found.group(1): body
    for body in PAGE.split("\n### ")[1:]
    if (found := re.match(r"([AB]\d+)\. ", body)) is not None
}


@cache
def names(procedure: str) -> frozenset[str]:
    return frozenset(example.name for example in exemplified(here(), procedure)[1])


def test_all_thirty_are_there_each_with_what_it_needs() -> None:
    assert list(SECTIONS) == [f"{part}{number}" for part in "AB" for number in range(1, 16)]
    lacking = {
        number: label
        for number, body in SECTIONS.items()
        for label in ("- Demand: ", "- Lives in: ", "- Example: ", "- A ticket system: ")
        if label not in body
    }
    assert lacking == {}


def test_every_example_that_the_page_names_runs_under_that_name() -> None:
    said = re.findall(r"^- Example: `([^`]+)` › (.+)$", PAGE, flags=re.MULTILINE)
    assert len(said) >= 30
    missing = [
        (procedure, name)
        for procedure, both in said
        for name in both.split(" / ")
        if name not in names(procedure)
    ]
    assert missing == []


def test_every_file_and_procedure_that_the_page_names_is_there() -> None:
    paths = re.findall(r"`((?:src|tests)/[^`]+)`", PAGE)
    procedures = re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)+)`", PAGE)
    gone = [path for path in paths if not (ROOT / path).exists()]
    gone += [name for name in procedures if not (ROOT / "procedures" / name).is_dir()]
    assert gone == []
