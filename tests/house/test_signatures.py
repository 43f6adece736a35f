"""A signature is made where a password was asked for, and in data of the demo, whose persons sit at no screen."""

from __future__ import annotations

import ast
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "kesu"

MAKERS = {
    "desk/case/signing.py": "the password was right, at the door where sign-ins are asked for it too",
    "demo/library_house.py": "the stories of the library are performed by the demo",
    "demo/story.py": "the demo is performed; a line says that it was signed",
}


def test_nothing_else_makes_a_signature() -> None:
    made = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Signature"
    }
    assert made == set(MAKERS)
