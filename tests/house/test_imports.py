"""The direction of imports, and what the rule book may not know."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "kesu"
RULE_BOOK = ("worktime", "procedure", "casework", "review")
CLOCKS = {"now", "utcnow", "today"}
READERS_OF_A_CLOCK = {"datetime", "date", "time", "datetime.datetime", "datetime.date"}
NAMELESS = {
    "common",
    "utils",
    "util",
    "core",
    "helpers",
    "helper",
    "manager",
    "managers",
    "service",
    "services",
    "misc",
}


def test_rooms_import_downwards_only_and_the_rule_book_stays_pure() -> None:
    script = Path(sys.executable).with_name("lint-imports")
    checked = subprocess.run([script, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_rule_book_never_asks_a_clock() -> None:
    """Time is passed in; a rule that looked at the clock could not judge a history."""
    asked = [
        f"{path.relative_to(SOURCE)}:{node.lineno}: {node.func.attr}()"
        for room in RULE_BOOK
        for path in sorted((SOURCE / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
    ]
    assert asked == []


def test_the_present_moment_is_asked_of_django_or_of_the_machine_at_one_place() -> None:
    """Django's `timezone.now` is the moment of a request, a turn or a command; what it is held against is read at one place."""
    read = {
        f"{path.relative_to(SOURCE)}: {ast.unparse(node.func)}"
        for path in sorted(SOURCE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func.value) in READERS_OF_A_CLOCK
        and node.func.attr in {*CLOCKS, "time", "time_ns", "localtime", "gmtime"}
    }
    assert read == {"ledger/machine_clock.py: datetime.now"}


def test_no_module_has_a_name_that_says_nothing() -> None:
    nameless = [path for path in SOURCE.rglob("*") if path.suffix in ("", ".py") and path.stem in NAMELESS]
    assert nameless == []


def test_every_room_says_in_its_first_line_what_it_is_for() -> None:
    silent = [
        room.name
        for room in sorted(SOURCE.iterdir())
        if (room / "__init__.py").exists()
        and not ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8")))
    ]
    assert silent == []
