"""Subject items in case files: what the register knows of an item enters the file as an entry (semantics 3.1)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kesu.casework.file.case_file import CaseFile
from kesu.people.items import ItemRow, item
from kesu.procedure.history.act import Act
from kesu.procedure.history.of_a_file import History
from kesu.procedure.words.names import FACT, STEP


def item_act(case: CaseFile, key: str, *, organisation: str, number: int, now: datetime) -> Act | None:
    """What the register says of this item, as an act of the house; None when it says nothing new."""
    if STEP.ITEM_NOTED not in case.procedure.steps:
        return None
    found = item(organisation=organisation, key=key)
    if found is None:
        return None
    facts = _facts(found)
    return (
        None
        if _known(case.history, facts)
        else Act(number=number, step=STEP.ITEM_NOTED, at=now, noted=now, facts=facts)
    )


def _facts(found: ItemRow) -> dict[str, Any]:
    facts: dict[str, Any] = {FACT.ITEM: found.key, FACT.FROM: found.file}
    if found.work:
        facts[FACT.DID_THE_WORK] = list(dict.fromkeys(person for person, _ in found.work))
    if found.received is not None:
        facts[FACT.REPORT_RECEIVED] = found.received.isoformat()
    if found.units:
        facts[FACT.UNITS] = list(found.units)
    return facts


def _known(history: History, facts: dict[str, Any]) -> bool:
    return any(act.facts == facts for act in history.all(STEP.ITEM_NOTED))


def key_of(value: Any) -> str | None:
    """The key among a command's facts, if it brings one."""
    return value if isinstance(value, str) and value else None
