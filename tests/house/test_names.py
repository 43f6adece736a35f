"""What a module gives is named by a noun: no function, parameter or attribute has a name that says only that something was done."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "kesu"
SAY_NOTHING = frozenset(
    {
        "found",
        "one",
        "said",
        "seen",
        "shown",
        "standing",
        "plain",
        "made",
        "known",
        "told",
        "UNSETTLING",
        "Told",
    }
)
# A word with a single meaning in a room, and why it is no other word there; a new one is asked for in a review.
REVIEWED = {
    "caseload/asking/searching.py said": "what is said in a file, line by line (a column)",
    "caseload/models.py said": "what is said in a file, line by line (a column)",
    "casework/duties/unseen.py shown": "what a log shows (glossary)",
    "casework/file/begun.py shown": "what a log shows (glossary)",
    "casework/file/case_file.py shown": "what a log shows (glossary)",
    "procedure/history/deriving.py shown": "what a log shows (glossary)",
    "procedure/history/of_a_file.py shown": "what a log shows (glossary)",
    "review/at_a_glance.py shown": "what a log shows (glossary)",
    "review/counting.py shown": "what a log shows (glossary)",
    "review/engine.py shown": "what a log shows (glossary)",
    "review/judging.py shown": "what a log shows (glossary)",
    "review/log.py shown": "what a log shows (glossary)",
    "review/mapping.py shown": "what a log shows (glossary)",
}


def test_no_name_says_only_that_something_was_done() -> None:
    names = {
        f"{path.relative_to(SOURCE).as_posix()} {name}"
        for path in sorted(SOURCE.rglob("*.py"))
        if "migrations" not in path.parts
        for name in _given(ast.parse(path.read_text(encoding="utf-8")))
        if name in SAY_NOTHING
    }
    assert names == set(REVIEWED)


def _given(module: ast.Module) -> Iterator[str]:
    """The names of what a module gives: functions and classes, their parameters, attributes, and its own constants."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
            yield from (argument.arg for argument in ast.walk(node.args) if isinstance(argument, ast.arg))
        elif isinstance(node, ast.ClassDef):
            yield node.name
            yield from _assigned(node.body)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr
    yield from _assigned(module.body)


def _assigned(body: list[ast.stmt]) -> Iterator[str]:
    for statement in body:
        targets = (
            statement.targets
            if isinstance(statement, ast.Assign)
            else [statement.target]
            if isinstance(statement, ast.AnnAssign)
            else []
        )
        yield from (target.id for target in targets if isinstance(target, ast.Name))
