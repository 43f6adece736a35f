"""What leaves for a person goes through sight: nothing above it reads a history, or a table of files, to show it."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from kesu.caseload import asking
from kesu.caseload.models import CASE_PROJECTIONS, BarredRow

SOURCE = Path(__file__).parents[2] / "src" / "kesu"
SHOWING = ("desk", "cli", "portal")  # and the room to come: api
LOOKS_ITSELF = {  # where the desk looks into a history, and why nothing personal or gated can come of it
    "desk/case/around.py:around": "forms choose among things and entries by their names",
    "desk/case/case_page.py:_head": "when the first entry happened and was noted",
    "desk/case/consent.py:_amounts": "which sums were said at all; what they are is told as this reader gets them",
    "desk/case/stages.py:stages": "whether steps were taken",
    "desk/case/told_outside.py:_excuses": "the numbers of the entries that say why something was not told",
    "desk/case/told_outside.py:notices": "who complains, as the face says it to whoever sees the case",
    "desk/case/case_page.py:_around": "the numbers of pieces of evidence",
    "desk/case/form_here.py:form_for": "the numbers of the entries that wait for this person's own word",
    "desk/case/overrides.py:overrides_here": "which overrides wait; what they say is asked of the timeline as he gets it",
    "desk/case/overrides.py:taking": "the step that he asked for himself, with what he wrote",
    "desk/case/case_page.py:kept_out": "who is named, and whether that is confirmed",
    "desk/case/steps_here.py:_over": "whether a step was taken",
    "desk/case/steps_here.py:resting": "whether a step was taken that comes round again",
    "desk/case/together.py:_read": "amounts that stand, but those kept back: one a nought away is asked about",
    "desk/pages/case.py:_sent": "amounts that stand, but those kept back: one a nought away is asked about",
    "desk/case/subjects.py:subjects_said": "numbers of items and who has to stay out for having worked on them",
    "desk/case/joint_here.py:parts_of": "who gave a part of a joint step; what he wrote is asked of the timeline as he gets it",
    "desk/pages/case.py:_on_record": "the product and batch that stand: names are asked about that are near theirs",
    "desk/own/batch.py:counts": "whether this is the file of a watch",
    "desk/own/programme.py:_slot": "the dates of a period that the clock began",
    "desk/own/programme.py:_opened_by": "which of the files that he sees an entry opened",
    "desk/own/report.py:_figures": "numbers that were counted; cases by the numbers of those that he sees",
}
TABLES = {model.__name__ for model in (*CASE_PROJECTIONS, BarredRow)}


def functions(room: str) -> Iterator[tuple[str, ast.AST]]:
    """Every function of a room by its place; what stands outside of any counts as one of its module."""
    for path in sorted((SOURCE / room).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        place = path.relative_to(SOURCE).as_posix()
        for node in tree.body:
            inner = node.body if isinstance(node, ast.ClassDef) else [node]
            for one in inner:
                yield f"{place}:{getattr(one, 'name', '')}", one


def test_a_history_is_looked_into_only_where_it_is_said_why() -> None:
    looking = {
        place
        for room in SHOWING
        for place, function in functions(room)
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and node.attr in ("history", "raw")
    }
    assert looking == set(LOOKS_ITSELF)


def test_the_tables_of_files_are_asked_through_a_reader_alone() -> None:
    asking_themselves = {
        place
        for room in ("desk", "forms", "portal")
        for place, function in functions(room)
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and node.attr == "objects"
        if isinstance(node.value, ast.Name) and node.value.id in TABLES
    }
    assert asking_themselves == set()


def test_whoever_asks_about_files_says_for_whom() -> None:
    """An answer about files is made for a reader, or out of a file that was opened for one."""
    anonymous = set()
    for found in pkgutil.iter_modules(asking.__path__):
        module = importlib.import_module(f"{asking.__name__}.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            kinds = set(inspect.get_annotations(function).values())
            if (
                function.__module__ == module.__name__
                and not name.startswith("_")
                and not kinds & {"Reader", "CaseView"}
            ):
                anonymous.add(f"{found.name}.{name}")
    assert anonymous == set()


def test_what_a_function_looks_into_is_found() -> None:
    tree = ast.parse("def shows(seen):\n    return seen.case.history.value('account')")
    looks = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    assert "history" in looks
