"""Files and functions stay small enough to be read in one sitting."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
USUAL_FILE = 120


def _files() -> dict[Path, str]:
    found = [path for folder in ("src", "tests", "bench") for path in sorted((ROOT / folder).rglob("*.py"))]
    return {path.relative_to(ROOT): path.read_text(encoding="utf-8") for path in found}


def test_no_file_is_long() -> None:
    lengths = {str(path): len(text.splitlines()) for path, text in _files().items()}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


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
