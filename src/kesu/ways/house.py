"""What the house does on a way: it begins what no person begins, notes who did the work, opens and ends linked files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from kesu.casework.deciding.decide import ChildToOpen
from kesu.casework.file.case_file import CaseFile
from kesu.names import PersonId, StepName
from kesu.procedure.history.act import Act, Value
from kesu.procedure.history.verdict import Finding
from kesu.procedure.shapes.abilities import BeginsFile
from kesu.procedure.words.names import FACT, STEP

OTHERS: Final = PersonId("somebody at the bench")  # who did the work that is complained about


def begun_by_the_house(case: CaseFile, *, at: datetime) -> CaseFile | None:
    """A file that no person can begin, after the house did; None where a person can, or nothing is said of it."""
    for _, shape in case.procedure.able(BeginsFile):
        step = case.procedure.steps.get(shape.step)
        if step is not None and not step.word.by_people:
            begun = case.copy()
            begun.apply(Act(number=1, step=StepName(shape.step), at=at, noted=at))
            return begun
    return None


def with_what_the_house_adds(
    case: CaseFile, act: Act, children: Sequence[ChildToOpen], *, at: datetime
) -> CaseFile:
    """The file after the house noted who did the work on an item that the act names, and opened what it called for."""
    item = act.facts.get(FACT.ITEM)
    if item is not None and STEP.ITEM_NOTED in case.procedure.steps:
        worked: dict[str, Value] = {
            FACT.ITEM: item,
            FACT.DID_THE_WORK: [OTHERS],
            FACT.REPORT_RECEIVED: str(at.date()),
        }
        case.apply(Act(number=case.number + 1, step=STEP.ITEM_NOTED, at=at, noted=at, facts=worked))
    for child in children:
        facts: dict[str, Value] = {
            FACT.KIND: child.procedure,
            FACT.LINKED_FILE: f"{child.procedure} {child.entry}",
            FACT.ENTRY: str(child.entry),
        }
        case.apply(Act(number=case.number + 1, step=STEP.LINKED, at=at, noted=at, facts=facts))
    return case


def linked_ended(case: CaseFile, finding: Finding, *, at: datetime) -> CaseFile | None:
    """The file after a linked file for which it waits came to its good end, as long as one runs."""
    running = finding.outcome.files[:1]
    if not running:
        return None
    after = case.copy()
    facts: dict[str, Value] = {FACT.LINKED_FILE: running[0], FACT.OUTCOME: case.procedure.ends[0]}
    after.apply(Act(number=after.number + 1, step=STEP.LINK_ENDED, at=at, noted=at, facts=facts))
    return after
