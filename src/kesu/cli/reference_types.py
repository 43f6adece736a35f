"""The reference page of the types that whoever changes Kesu has to know, written from their docstrings."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from importlib.resources import files

# Where each stands. Their sources are read, not imported: some of them want a database.
TYPES = (
    ("procedure/history/verdict.py", "Outcome"),
    ("procedure/history/verdict.py", "Finding"),
    ("procedure/shapes/shape.py", "Shape"),
    ("procedure/shapes/timed.py", "Timed"),
    ("procedure/shapes/timed.py", "Limit"),
    ("casework/duties/duty.py", "Duty"),
    ("caseload/models.py", "DutyRow"),
    ("caseload/acting/changes.py", "Changes"),
)
HEAD = """
The types that one has to know before changing what is judged, owed or written: their fields, units, states, errors, and
the order in which things are called. Written from their docstrings. Where they stand in the whole:
[the rooms of the house](../explanation/architecture.md), [one act](../explanation/one-act.md).
"""


def types_page() -> str:
    """What each of the types says of itself, its fields and what it offers."""
    lines = ["# Types", HEAD]
    for place, name in TYPES:
        node = class_in(place, name)
        lines += [f"## {name}", "", f"In `{place}`.", "", inspect.cleandoc(ast.get_docstring(node) or ""), ""]
        lines += [*_code(_fields(node)), *_code(_methods(node))]
    return "\n".join(lines)


def class_in(place: str, name: str) -> ast.ClassDef:
    """The definition of a class in a module of the software. Raises LookupError."""
    tree = ast.parse((files("kesu") / place).read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name == name:
            return node
    raise LookupError(f"{place} has no class {name}")


def fields_of(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    """The fields of a class in their order: the name, and the line that declares it."""
    for part in node.body:
        match part:
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                yield name, ast.unparse(part)


def _fields(node: ast.ClassDef) -> list[str]:
    return [line for _, line in fields_of(node)]


def _methods(node: ast.ClassDef) -> list[str]:
    """Each public method as it is called, with the first line of what it says of itself."""
    lines = []
    for part in node.body:
        if isinstance(part, ast.FunctionDef) and not part.name.startswith("_"):
            summary = (ast.get_docstring(part) or "").partition("\n")[0]
            kept = [one for one in part.decorator_list if ast.unparse(one) in ("property", "classmethod")]
            mark = "".join(f"@{ast.unparse(one)} " for one in kept)
            answer = f" -> {ast.unparse(part.returns)}" if part.returns else ""
            lines += [f"{mark}{part.name}({ast.unparse(part.args)}){answer}", f"    {summary}"]
    return lines


def _code(lines: list[str]) -> list[str]:
    return ["```text", *lines, "```", ""] if lines else []
