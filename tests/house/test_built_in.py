"""A clause that is “built in” names the test that fails when it is taken away; that test exists."""

from __future__ import annotations

import ast
from pathlib import Path

from kesu.procedure.written.library import here

ROOT = Path(__file__).parents[2]


def functions(path: Path) -> set[str]:
    """The names of the functions in a file."""
    return {
        node.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }


def test_every_test_that_a_built_in_clause_names_exists() -> None:
    library = here()
    named = {
        (note.id, note.test)
        for name in library.names()
        for note in library.load(name).clauses.values()
        if note.how == "built in"
    }
    assert named
    missing = []
    for clause, test in sorted(named):
        file, _, function = (test or "").partition("::")
        if not (ROOT / file).is_file() or function not in functions(ROOT / file):
            missing.append((clause, test))
    assert missing == []
