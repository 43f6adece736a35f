"""Each claim of the README and of docs/explanation beside the test that shows it: `python -m tests.claimed` looks.

docs/claims.md lists them: the words of the claim as they stand in the page, and the tests. What stands there has to stand in
the page, and each test has to be there. Every point of the README and of the page on signing in, and of the ledger's page every
point and every row of its table, has a line; of the other pages every section.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
LIST = ROOT / "docs" / "claims.md"
POINTS = ("README.md", "docs/explanation/ledger.md", "docs/how-to/sign-in.md")  # every point of these
SECTIONS = (
    "docs/explanation/architecture.md",
    "docs/explanation/one-act.md",
    "docs/explanation/time.md",
    "docs/explanation/hard-ones.md",
)
WHO = (
    "somebody at the desk",
    "an administrator",
    "owner of the database",
    "owner of the host",
    "all of them, with yesterday's backup",
)
WHAT = ("adds", "changes", "cuts", "dates back", "erases", "rolls back")

Claim = tuple[str, str, list[str]]  # page, words, tests


def claims(text: str) -> Iterator[Claim]:
    """The lines of the list."""
    page = ""
    for line in text.splitlines():
        if line.startswith("## "):
            page = line[3:].strip("[]").split("](")[0].strip("`")
        elif line.startswith("| ") and not line.startswith(("| claim", "| ---")):
            words, tests = line.strip("| ").rsplit(" | ", 1)
            yield page, words, re.findall(r"`([^`]+)`", tests)


def wrong(text: str, pages: dict[str, str]) -> list[str]:
    """What is wrong with the list, against the pages by their names; a sentence each."""
    listed = list(claims(text))
    found = []
    for page, words, tests in listed:
        if _flat(words) not in _flat(pages.get(page, "")):
            found.append(f"{page}: does not say “{words}”")
        if not tests:
            found.append(f"{page}: “{words}” names no test")
        found += [f"{page}: “{words}”: there is no test {test}" for test in tests if not is_test(test)]
    for page, point in _points(pages):
        if not any(page == at and _flat(words) in _flat(point) for at, words, _ in listed):
            found.append(f"{page}: nothing in the list speaks of “{_flat(point)[:70]}”")
    return found + list(_table(pages["docs/explanation/ledger.md"]))


def _points(pages: dict[str, str]) -> Iterator[tuple[str, str]]:
    for page in POINTS:
        prose = re.sub(r"```.*?```", "", pages[page], flags=re.DOTALL)
        for block in re.split(r"\n(?=- |\n|#)", prose):
            if block.startswith("- "):
                yield page, block
    for page in SECTIONS:
        yield from ((page, part) for part in re.split(r"\n(?=## )", pages[page])[1:])


def _table(text: str) -> Iterator[str]:
    """The table of the ledger's page: each who does each what, and each cell names its test."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("|")
    ]
    cells = {(row[0], row[1]): row[3] for row in rows if len(row) == 4 and row[1] in WHAT}
    for who in WHO:
        for what in WHAT:
            tests = re.findall(r"`([^`]+)`", cells.get((who, what), ""))
            if not tests:
                yield f"docs/explanation/ledger.md: the table does not say what finds it when {who} {what}"
            yield from (
                f"docs/explanation/ledger.md: there is no test {test}" for test in tests if not is_test(test)
            )


def is_test(name: str) -> bool:
    """`path::name` with such a function in the file, or the path of a whole file of tests."""
    path, _, function = name.partition("::")
    file = ROOT / path if path.startswith("tests/") else ROOT / "tests" / path
    if not file.is_file() or not file.name.startswith("test_"):
        return False
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return not function or any(
        isinstance(node, ast.FunctionDef) and node.name == function for node in tree.body
    )


def _flat(text: str) -> str:
    """Without links, emphasis and line breaks."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return " ".join(text.replace("**", "").replace("*", "").replace("`", "").split())


def main() -> int:
    """Prints what is wrong; 1 when something is."""
    pages = {name: (ROOT / name).read_text(encoding="utf-8") for name in (*POINTS, *SECTIONS)}
    found = wrong(LIST.read_text(encoding="utf-8"), pages)
    print("\n".join(found) or "every claim has its test")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
