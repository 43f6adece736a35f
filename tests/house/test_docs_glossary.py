"""The glossary speaks of what there is: each name of the code stands where it says, each step, fact and kind is a word."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kesu.procedure import words

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "kesu"
PAGE = (ROOT / "docs" / "reference" / "glossary.md").read_text(encoding="utf-8")


def rows(heading: str) -> Iterator[list[str]]:
    """The cells of every row of the tables under a heading of the second level."""
    part = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    for line in part.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[0] not in ("word", "say") and not cells[0].startswith("---"):
            yield cells


@cache
def defined(place: str) -> frozenset[str]:
    """Everything that a folder of the sources, or a module, defines: classes, functions, constants, fields."""
    folder = SOURCE / place
    assert folder.is_dir(), f"the glossary speaks of the folder {place}, which there is not"
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.py"))]
    return frozenset(name for tree in trees for node in ast.walk(tree) for name in _names(node))


def _names(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
            yield name
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            yield name


def test_every_name_of_the_code_stands_where_the_glossary_says() -> None:
    headings = (
        "The trade",
        "The language of procedures",
        "A file and its record",
        "Judging",
        "Time",
        "Acting",
    )
    cells = [row[-1] for heading in headings for row in rows(heading)]
    gone = [
        (name, place)
        for cell in cells
        for listed, place in re.findall(r"((?:`\w+`(?:, | of a | of )?)+) in `([\w/]+)`", cell)
        for name in re.findall(r"\w+", listed.replace(" of a ", " ").replace(" of ", " "))
        if place not in _procedures() and name not in defined(place)
    ]
    assert gone == []


def test_every_step_and_fact_that_the_glossary_names_is_a_word() -> None:
    cells = [row[-1] for row in rows("The trade")]
    steps = [name for cell in cells for name in _after(cell, "steps?")]
    facts = [name for cell in cells for name in _after(cell, "facts?")]
    assert [name for name in steps if name not in words.steps()] == []
    assert [name for name in facts if name not in words.facts()] == []
    assert (len(steps), len(facts)) > (10, 3)


def test_no_word_of_the_code_stands_there_twice() -> None:
    headings = ("The language of procedures", "A file and its record", "Judging", "Time", "Acting")
    listed = [row[0] for heading in headings for row in rows(heading)]
    assert sorted(set(listed)) == sorted(listed)


def test_every_row_of_the_glossary_has_its_chinese() -> None:
    headings = [line[3:] for line in PAGE.splitlines() if line.startswith("## ")][:-1]
    lacking = [
        row[0] for heading in headings for row in rows(heading) if not re.search(r"[\u4e00-\u9fff]", row[1])
    ]
    assert lacking == []


def _after(cell: str, what: str) -> list[str]:
    return [
        name
        for listed in re.findall(rf"the {what} ((?:`[^`]+`(?:, )?)+)", cell)
        for name in re.findall(r"`([^`]+)`", listed)
    ]


def _procedures() -> set[str]:
    return {path.name for path in (ROOT / "procedures").iterdir()}
