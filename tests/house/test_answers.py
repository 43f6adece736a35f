"""No answer of a command is dropped: whoever sends one looks at what became of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "kesu"
ANSWERS = {"Done", "Refused", "Changed", "Answer"}

Functions = set[tuple[str, str]]  # (last name of the module, function)


def _sources() -> Iterator[tuple[str, str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield (
            path.relative_to(SOURCE).as_posix(),
            path.stem,
            ast.parse(path.read_text(encoding="utf-8")),
        )


def _answering() -> Functions:
    """Every public function that says that it gives an answer to a command."""
    return {
        (module, node.name)
        for _, module, tree in _sources()
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and node.returns is not None
        and ANSWERS & {one.id for one in ast.walk(node.returns) if isinstance(one, ast.Name)}
    }


def _dropped(module: str, tree: ast.Module, answering: Functions) -> list[int]:
    """The lines on which such a function is called and nobody takes its answer."""
    known = {name: (module, name) for at, name in answering if at == module}
    modules = {}
    for node in ast.walk(tree):
        for one in node.names if isinstance(node, ast.ImportFrom) else ():
            known[one.asname or one.name] = ((node.module or "").rpartition(".")[2], one.name)
            modules[one.asname or one.name] = one.name
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and _called(node.value.func, known, modules) in answering
    ]


def _called(
    function: ast.expr, known: dict[str, tuple[str, str]], modules: dict[str, str]
) -> tuple[str, str] | None:
    if isinstance(function, ast.Name):
        return known.get(function.id)
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return modules.get(function.value.id, ""), function.attr
    return None


def test_the_answer_of_every_command_is_looked_at() -> None:
    answering = _answering() - {("together", "taken")}  # it raises what is refused
    names = {name for _, name in answering}
    assert {"perform", "register", "erase", "put_in_force", "enforce_with_settings"} <= names
    found = {
        (place, line) for place, module, tree in _sources() for line in _dropped(module, tree, answering)
    }
    assert found == set()


FROM = "from kesu.caseload.acting.perform import perform\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (FROM + "perform(command)", [2]),
        ("from ..acting import perform as door\ndoor.perform(command)", [2]),
        (FROM + "answer = perform(command)", []),
        (FROM + "if perform(command): pass", []),
        ("from .plays import perform\nperform(piece)", []),
    ],
)
def test_an_answer_that_nobody_takes_is_found(text: str, lines: list[int]) -> None:
    assert _dropped("page", ast.parse(text), {("perform", "perform")}) == lines
