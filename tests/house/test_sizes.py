"""Files and functions stay small enough to be read in one sitting."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
LONGEST_FILE = 400
ALONE = {
    "src/kesu/ledger/offline/kesu_verify.py": 700
}  # one file on purpose: whoever verifies needs nothing beside it
LONGEST_FUNCTION = 60
USUAL_FILE = 120
WAYS = 15  # through a function
MORE_WAYS = {  # those with more, and how many; none may gain one
    "casework/examples/answers.py: _of_line": 23,
    "procedure/shapes/keep_apart.py: judge": 17,
    "caseload/sight/gate.py: gate": 16,
    "ledger/verify_values.py: batch": 17,
    "worktime/seeding.py: schedule_rows": 16,
    "procedure/shapes/adds_up.py: judge": 16,
    "cli/show.py: printed": 16,
    "casework/file/roles_in_file.py: title": 16,
    "caseload/rows/case.py: _case_row": 16,
}


def _files() -> dict[Path, str]:
    found = [path for folder in ("src", "tests", "bench") for path in sorted((ROOT / folder).rglob("*.py"))]
    return {path.relative_to(ROOT): path.read_text(encoding="utf-8") for path in found}


def test_no_file_is_long() -> None:
    lengths = {str(path): len(text.splitlines()) for path, text in _files().items()}
    assert {path: lines for path, lines in lengths.items() if lines > ALONE.get(path, LONGEST_FILE)} == {}


def test_most_files_are_short() -> None:
    assert median(len(text.splitlines()) for text in _files().values()) <= USUAL_FILE


def test_no_function_is_long() -> None:
    long = [
        f"{path}:{node.lineno}: {node.name} has {lines} lines"
        for path, text in _files().items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert long == []


def test_no_function_has_more_ways_through_it_than_a_reader_can_hold() -> None:
    ways = {
        f"{path.relative_to('src/kesu')}: {function.name}": _ways(function)
        for path, text in _files().items()
        if path.is_relative_to("src/kesu") and "migrations" not in path.parts
        for function in _functions(text)
        if _ways(function) > WAYS
    }
    assert ways == MORE_WAYS


def _functions(text: str) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]


def _ways(function: ast.FunctionDef) -> int:
    """One, and one more for each branch, handler, case, loop, “and” and “or”, and each `for` and `if` of a comprehension.

    Ruff counts the statements only: a function that is eleven comprehensions long has one way through it there.
    """
    return 1 + sum(map(_turns, _inside(function)))


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    """What stands in a function, without the functions and classes in it."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.ClassDef):
            yield child
            yield from _inside(child)


def _turns(node: ast.AST) -> int:
    match node:
        case ast.BoolOp():
            return len(node.values) - 1
        case ast.comprehension():
            return 1 + len(node.ifs)
        case ast.If() | ast.IfExp() | ast.For() | ast.While() | ast.ExceptHandler() | ast.match_case():
            return 1
    return 0


def test_the_ways_through_a_function_are_counted_as_they_are_read() -> None:
    text = """
def plain(): return 1
def branch(x): return 1 if x and x or not x else 2
def comprehended(xs): return [x for x in xs for y in x if y if x]
def outer(xs):
    def inner(x):
        if x: pass
    for x in xs:
        try: pass
        except ValueError: pass
"""
    assert {function.name: _ways(function) for function in _functions(text)} == {
        "plain": 1,
        "branch": 4,
        "comprehended": 5,
        "outer": 3,
        "inner": 2,
    }
