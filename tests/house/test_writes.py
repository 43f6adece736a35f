"""Every place that writes is on this list. Whatever a rule reads changes through these doors and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "kesu"

# Who opens the one way in (`kesu.ledger.oneway.writing`), and what for.
DOORS = {
    "caseload/acting/barred.py": "that somebody asked for the page of a file that is hidden from him",
    "caseload/acting/clock.py": "what falls late or due by itself",
    "registry/clock_correction.py": "two persons say that the clock is right, while nothing else is written",
    "registry/erasure.py": "a personal value is erased, and the ledger says so",
    "registry/foundation.py": "an organisation begins: its first posts, units, calendars and procedures",
    "caseload/acting/imported_history.py": "histories that happened elsewhere",
    "caseload/acting/perform.py": "perform: a command becomes entries and rows",
    "caseload/rebuilding/rebuild.py": "rows made anew from the ledger",
    "caseload/rows/following.py": "what an act said, into the search, after the act",
    "registry/prices.py": "a list of prices, all of it or nothing, each line as the register takes it",
    "registry/register_acts.py": "the same as perform for the files of the organisation itself: people, posts, editions",
    "registry/together.py": "acts that belong together (settings and their edition, a person and his posts), each through registering",
    "ledger/seal.py": "leaves and signed checkpoints",
    "ledger/triggers.py": "makes the triggers anew after a migration; no rows",
}

# Where SQL that changes rows is spelled out.
SPELLED = {
    "caseload/pieces.py": "the full-text table of the search, by triggers from its rows",
    "caseload/rows/projection.py": "case rows, from the fold of the ledger",
    "caseload/rebuilding/rebuild.py": "rows made anew from the ledger",
    "registry/register_acts.py": "the number of the register's revision",
    "caseload/acting/series.py": "the next number of a series",
    "ledger/append.py": "entries and the personal values beside them",
    "ledger/erase.py": "takes an erased personal value away",
    "ledger/seal.py": "leaves, checkpoints, the work list",
    "ledger/triggers_postgres.py": "the triggers that refuse",
    "ledger/triggers_sqlite.py": "the triggers that refuse",
    "review/cases.py": "a scratch file that a large log is sorted in",
    "review/counting.py": "a scratch file that the cases of a log are counted in",
}

# Where Django's own models write: nothing that a rule reads.
BY_MODEL = {
    "caseload/rebuilding/sign_ins.py": "the codes of sign-ins that a release before had left without",
    "intake/lookup_code.py": "which files can be looked up from outside",
    "desk/own/sheet.py": "a workbook, into memory",
    "desk/pages/list_views.py": "the lists that people keep under a title",
    "desk/who/access.py": "the access log",
    "desk/pages/session.py": "a person's own language",
    "people/guessing.py": "wrong tries at passwords and codes, so that guessing slows down",
    "desk/who/form_drafts.py": "what somebody has typed and not sent",
    "desk/who/sessions.py": "sessions, by the digest of their key",
    "demo/papers.py": "a picture of the demo, into memory",
    "files/drawing.py": "a small picture, to where it was told",
    "prints/joining.py": "a PDF, into memory",
    "files/drafts.py": "what somebody sent in and has not put on record",
    "people/models.py": "a sign-in",
    "upkeep/database_postgres.py": "which migrations were run, as a backup says it",
    "upkeep/upgrading.py": "by which release the rows were made",
    "upkeep/verifying.py": "sessions that a restore ends",
    "people/sign_in.py": "a password",
    "people/second_factor.py": "the secret of a second factor and its recovery codes",
    "people/providers.py": "which account elsewhere opens a sign-in",
    "caseload/rows/following.py": "up to which leaf the search has followed",
}

SQL = re.compile(r'\b(?:(?:INSERT|REPLACE)\s+(?:OR\s+\w+\s+)?INTO|DELETE\s+FROM|UPDATE\s+(?:\w+\s+SET|"?$))')
OF_MODELS = {
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "aupdate",
    "acreate",
}
OF_ROWS = {"save", "delete"}


def test_the_one_way_in_is_opened_at_these_places_only() -> None:
    assert _places(_opens) == sorted(DOORS)


def test_sql_that_writes_is_spelled_out_at_these_places_only() -> None:
    assert _places(_spells) == sorted(SPELLED)


def test_models_write_by_themselves_at_these_places_only() -> None:
    assert _places(_saves) == sorted(BY_MODEL)


def _places(writes: Callable[[ast.AST], bool]) -> list[str]:
    return sorted({path for path, tree in _sources() if any(writes(node) for node in ast.walk(tree))})


def _sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if "/migrations/" not in name:
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def _opens(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "writing"


def _spells(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(SQL.search(node.value))


def _saves(node: ast.AST) -> bool:
    """A call that writes through a model: `row.save()`, `X.objects.create(…)`, `rows.update(column=…)`."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    called, owner = node.func.attr, ast.unparse(node.func.value)
    by_columns = called == "update" and bool(node.keywords) and "objects" in owner
    return called in OF_MODELS or called in OF_ROWS or by_columns
