"""Subject items in case files: what the register knows of an item enters the file as an entry (semantics 3.1)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kesu.casework.file.case_file import CaseFile
from kesu.people.items import ItemRow, item
from kesu.procedure.history.act import Act
from kesu.procedure.words.names import FACT, STEP


def item_act(case: CaseFile, key: str, *, organisation: str, now: datetime) -> Act | None:
    """What the register says of this item, as an act of the house; None when it says nothing new."""
    if STEP.ITEM_NOTED not in case.procedure.steps:
        return None
    registered = item(organisation=organisation, key=key)
    if registered is None:
        return None
    facts = _facts(registered)
    if any(act.facts == facts for act in case.history.all(STEP.ITEM_NOTED)):
        return None
    return Act(number=case.number + 1, step=STEP.ITEM_NOTED, at=now, noted=now, facts=facts)


def _facts(registered: ItemRow) -> dict[str, Any]:
    facts: dict[str, Any] = {FACT.ITEM: registered.key, FACT.FROM: registered.file}
    if registered.work:
        facts[FACT.DID_THE_WORK] = list(dict.fromkeys(person for person, _ in registered.work))
    if registered.received is not None:
        facts[FACT.REPORT_RECEIVED] = registered.received.isoformat()
    if registered.units:
        facts[FACT.UNITS] = list(registered.units)
    return facts


def key_of(value: Any) -> str | None:
    """The key among a command's facts, if it brings one."""
    return value if isinstance(value, str) and value else None
