"""Says what the tests of the rule book and the ledger do not take, room by room; exit status 1 below 97 %.

Reads the report that `coverage json` writes. Lines and branches are counted apart: a branch is a way out of a line that
has several. What is left is named by its function; a star marks what docs/reference/coverage.md gives no reason for.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ASKED = 0.97
RULE_BOOK = ("reading", "worktime", "procedure", "casework", "review")
REASONS = Path(__file__).parents[1] / "docs/reference/coverage.md"

Counts = tuple[int, int, int, int]  # lines taken, lines, branches taken, branches


def counts_of(report: dict[str, Any], rooms: tuple[str, ...]) -> Counts:
    """Summed over the files of these rooms."""
    sums = [file["summary"] for name, file in report["files"].items() if room_of(name) in rooms]
    words = ("covered_lines", "num_statements", "covered_branches", "num_branches")
    lines, of_lines, branches, of_branches = (sum(each[word] for each in sums) for word in words)
    return lines, of_lines, branches, of_branches


def room_of(name: str) -> str:
    """`src/kesu/ledger/seal.py` is of the ledger."""
    return Path(name).parts[2]


def left(report: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(file and function, lines and branches) of everything that no test takes."""
    for name, file in sorted(report["files"].items()):
        for function, part in file["functions"].items():
            lines = [str(line) for line in part["missing_lines"]]
            branches = [f"{start}→{end if end > 0 else 'out'}" for start, end in part["missing_branches"]]
            if lines or branches:
                place = f"{name.removeprefix('src/kesu/')} {function or '(module)'}"
                yield place, ", ".join([*lines, *branches])


def row(name: str, counts: Counts) -> str:
    """One line of the table."""
    lines, of_lines, branches, of_branches = counts
    return (
        f"{name:<12}{lines:>7} of {of_lines:<7}{lines / of_lines:>7.1%}"
        f"{branches:>9} of {of_branches:<7}{branches / of_branches:>7.1%}"
    )


def main(path: str) -> int:
    """Print the tables; 0 when lines and branches of both halves reach what is asked."""
    report = json.loads(Path(path).read_text())
    reasons = REASONS.read_text()
    for place, numbers in left(report):
        print(f"{' ' if f'`{place}`' in reasons else '*'} {place}: {numbers}")
    print(f"\n{'room':<12}{'lines':>7}{'':<18}{'branches':>9}")
    for room in (*RULE_BOOK, "ledger"):
        print(row(room, counts_of(report, (room,))))
    halves = {"rule book": counts_of(report, RULE_BOOK), "ledger": counts_of(report, ("ledger",))}
    print(row("rule book", halves["rule book"]))
    rates = [rate for a, b, c, d in halves.values() for rate in (a / b, c / d)]
    good = min(rates) >= ASKED
    print(f"coverage: {'good' if good else 'FAILED'}, the least is {min(rates):.1%}, {ASKED:.0%} is asked")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
