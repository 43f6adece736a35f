"""A public function that raises says so: whoever calls it need not read it to know what can come."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "kesu"
SAID_ABOVE = {  # what many say alike is said once, where it is agreed upon
    "read": "procedure/shapes/shape.py: Shape.read",
    "run": "cli/main.py: Command.run",
    "handle": "Django's BaseCommand.handle",
}


def _raised(function: ast.FunctionDef) -> set[str]:
    """What a function raises itself; what others raise for it, it passes on."""
    found: set[str] = set()
    nodes: list[ast.AST] = list(function.body)
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda):
            continue
        if isinstance(node, ast.Raise) and node.exc is not None:
            made = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            found.add(ast.unparse(made))
        nodes += ast.iter_child_nodes(node)
    return found


def _public(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from _public(node)
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def _silent(function: ast.FunctionDef) -> bool:
    said = ast.get_docstring(function) or ""
    told = ("Raises", "raises", "Refuse", "refuse", "Error")
    return bool(_raised(function)) and not any(word in said for word in told)


def test_a_public_function_that_raises_says_so() -> None:
    silent = [
        f"{path.relative_to(SOURCE)}:{function.lineno}: {function.name}"
        for path in sorted(SOURCE.rglob("*.py"))
        for function in _public(ast.parse(path.read_text(encoding="utf-8")))
        if _silent(function) and function.name not in SAID_ABOVE
    ]
    assert silent == []


def test_a_function_that_says_nothing_of_what_it_raises_is_found() -> None:
    quiet, honest, passing = (
        ast.parse(text).body[0]
        for text in (
            "def take(x):\n    '''Takes it.'''\n    raise Gone(x)",
            "def take(x):\n    '''Takes it. Raises Gone.'''\n    raise Gone(x)",
            "def take(x):\n    '''Takes it.'''\n    try:\n        return x()\n    except Gone:\n        raise",
        )
    )
    assert [_silent(one) for one in (quiet, honest, passing) if isinstance(one, ast.FunctionDef)] == [
        True,
        False,
        False,
    ]
