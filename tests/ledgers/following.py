"""What follows from a ledger: rows and findings as plain data, to be compared from release to release."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from tests.ledgers.performed import END

from kesu.caseload.folded.fold import folded_from
from kesu.caseload.folded.recorded import act_of
from kesu.caseload.rebuilding.rebuild import MODELS
from kesu.casework.deciding.replay import replay
from kesu.ledger.read import entries_of, files
from kesu.procedure.kinds.alike import matched

Plain = dict[str, Any]
LONG = 500
# Columns that a later release keeps otherwise: how what stood there is read now. CHANGELOG says each.
KEPT_OTHERWISE: dict[tuple[str, str], Callable[[Any], Any]] = {
    ("caseload_concernrow", "item"): matched,  # as written in 0.1.0; now as all its spellings
}


def rows() -> dict[str, list[Plain]]:
    """Every row of every table that follows from the ledger, without the numbers that the database gives."""
    found = {}
    for model in MODELS:
        made = [_plain(row) for row in model._default_manager.values() if row]
        if made:
            found[model._meta.db_table] = sorted(made, key=repr)
    return found


def as_then(now: Mapping[str, list[Plain]], then: Mapping[str, list[Plain]]) -> dict[str, list[Plain]]:
    """The tables and columns of then, as they stand now: later releases may have more of both, and keep some otherwise."""
    return {
        table: sorted(
            (
                {name: _kept(table, name, row.get(name)) for name in then[table][0]}
                for row in now.get(table, [])
            ),
            key=repr,
        )
        for table in then
    }


def findings(organisation: str) -> dict[str, list[list[Any]]]:
    """By case file, what a review as recorded finds: (entry, rule, verdict, manner), and what is open at the end."""
    return {file: _of(organisation, file) for file in files(organisation, prefix="case/")}


def _of(organisation: str, file: str) -> list[list[Any]]:
    entries = entries_of(organisation, file)
    fresh = folded_from(organisation, file, entries).case.empty()
    found = [
        [act.number, one.rule, one.verdict.value, one.manner]
        for act, said in replay(fresh, [act_of(entry) for entry in entries])
        for one in said
    ]
    ended = fresh.open_findings(END)
    return [*found, *([0, one.rule, one.verdict.value, one.manner] for one in ended)]


def _kept(table: str, name: str, value: Any) -> Any:
    """Written then or now, the same."""
    reads = KEPT_OTHERWISE.get((table, name))
    return value if reads is None else reads(value)


def _plain(row: Mapping[str, Any]) -> Plain:
    return {name: _written(value) for name, value in row.items() if name != "id"}


def _written(value: Any) -> Any:
    """Times as text; a long text (an edition, a calendar) by its digest."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str) and len(value) > LONG:
        return f"sha256 {hashlib.sha256(value.encode()).hexdigest()}"
    return value
