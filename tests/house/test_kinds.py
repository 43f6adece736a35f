"""What a kind of fact can do is asked of the kind: its name is text in the words and in `procedure/kinds` alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from kesu.forms.fields.widgets import WIDGETS
from kesu.procedure.kinds import kinds

SOURCE = Path(__file__).parents[2] / "src" / "kesu"


def test_nobody_tells_kinds_apart_by_their_names() -> None:
    assert list(_told_apart()) == []


def test_every_kind_has_its_widget() -> None:
    assert {str(kind) for kind in WIDGETS} == set(kinds())


def _told_apart() -> Iterator[str]:
    """`fact.kind == "money"`, `word.kind in ("person", "persons")`, `match word.kind: case "date"`."""
    for path in sorted(SOURCE.rglob("*.py")):
        called = path.relative_to(SOURCE).as_posix()
        if called.startswith("procedure/kinds/"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            compared = isinstance(node, ast.Compare) and _of_a_fact(node.left)
            matched = isinstance(node, ast.Match) and _of_a_fact(node.subject)
            if (compared or matched) and any(
                isinstance(part, ast.Constant) and part.value in kinds() for part in ast.walk(node)
            ):
                yield f"{called}:{getattr(node, 'lineno', 0)}"


def _of_a_fact(node: ast.expr) -> bool:
    return ast.unparse(node).endswith(".kind")
