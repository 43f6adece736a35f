"""“Changed meanwhile”: which entries after the one a person saw touch what the rules of his command read."""

from __future__ import annotations

from collections.abc import Mapping

from kesu.casework.command import Command
from kesu.procedure.history import Act
from kesu.procedure.model import Procedure, Rule

from .fold import Folded

MENDING = frozenset({"corrected", "struck", "taken back", "reopened", "voided", "named", "item noted"})


def touched(fold: Folded, command: Command, seen: int) -> list[Act]:
    """The acts after entry `seen` that the judgement of this command may hang on."""
    later = [act for act in fold.case.history.acts if act.number > seen and act.by is not None]
    if not later:
        return []
    steps, facts = _reads(fold.procedure, command)
    return [
        act
        for act in later
        if act.step in steps or act.step in MENDING or act.step in fold.procedure.ends or not facts.isdisjoint(act.facts)
    ]


def _reads(procedure: Procedure, command: Command) -> tuple[set[str], set[str]]:
    """Steps and facts: those that the rules asked at the step speak of, and those that the command itself says."""
    steps, facts = {command.step}, set(command.facts)
    for rule in procedure.asked.get(command.step, ()):
        facts |= rule.when.words | rule.shape.reads()
        steps |= _steps_of(rule)
    return steps, facts


def _steps_of(rule: Rule) -> set[str]:
    """The steps a rule speaks of, as its sentence names them."""
    slots: Mapping[str, object] = rule.shape.slots()
    found: set[str] = set()
    for slot in slots.values():
        if isinstance(slot, tuple) and len(slot) == 2 and slot[0] == "steps":
            found |= set(slot[1])
    return found
