"""Linked files: end and reopening of a child are entries in the parent, in the same transaction (semantics 4.7)."""

from __future__ import annotations

from collections.abc import Callable

from kesu.casework.duties.joining import receipt
from kesu.casework.file.case_file import CaseFile
from kesu.names import FileName, StepName
from kesu.procedure.history.act import Act
from kesu.procedure.words.names import FACT, STEP
from kesu.reading.text import Text

from ..folded.fold import Folded, NoSuchFile
from .changes import Changes
from .house_act import CannotLink, note


def tell_parent(changes: Changes, fold: Folded, step: StepName, *, ended: bool) -> None:
    """The parent notes that a linked file has ended, or was opened again; after its own end that calls for a duty.

    `fold` is the linked file, `step` the one that ended or reopened it. Raises NoSuchFile.
    """
    parent = FileName(str(fold.own["parent"]))
    case = changes.take(parent).case
    kind = STEP.LINK_ENDED if ended else STEP.LINK_REOPENED if case.ended else STEP.LINKED
    facts = {
        FACT.KIND: fold.procedure.id,
        FACT.LINKED_FILE: fold.file,
        FACT.OUTCOME: step,
        FACT.ENTRY: _called_by(case, fold.file),
    }
    note(changes, parent, kind, {word: value for word, value in facts.items() if value})


def _called_by(parent: CaseFile, child: FileName) -> str:
    """The entry of the parent that called for a linked file."""
    links = (
        link.facts for link in parent.history.all(STEP.LINKED) if link.facts.get(FACT.LINKED_FILE) == child
    )
    return str(next((facts[FACT.ENTRY] for facts in links if FACT.ENTRY in facts), ""))


def tell_joined(changes: Changes, fold: Folded, act: Act, seen_by: Callable[[Folded], bool]) -> None:
    """The file that another one joins takes note of it, with the earlier receipt.

    Raises CannotLink where there is no such open file that the person sees.
    """
    target = FileName(str(act.facts.get(FACT.JOINED_TO) or ""))
    try:
        other = changes.take(target) if target != fold.file else None
    except NoSuchFile:
        other = None
    if other is None or not seen_by(other) or other.case.ended:
        raise CannotLink(
            Text(
                zh="没有可以并入的在办案件；请选另一件在办的案件",
                en="there is no such open case to join; choose another open one",
            )
        )
    facts = {
        FACT.KIND: STEP.JOINED,
        FACT.LINKED_FILE: fold.file,
        "since": receipt(fold.case.history).isoformat(),
    }
    note(changes, target, STEP.LINKED, facts)
