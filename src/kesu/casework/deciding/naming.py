"""What is wrong with a command that names who has to stay out, or that confirms it."""

from __future__ import annotations

from kesu.procedure.words.names import FACT, STEP
from kesu.reading.text import Text

from ..file.case_file import CaseFile
from ..file.naming import BY_ANOTHER, may_confirm, waiting
from ..file.taking_out import entry_of
from .command import Command


def wrong_naming(file: CaseFile, command: Command) -> list[Text]:
    """A naming has its ground; whoever confirms it neither named nor is named."""
    if command.step == STEP.NAMED:
        grounded = command.reason or command.facts.get(FACT.REASON)
        return (
            []
            if grounded
            else [Text("列明要写明依据：谁怎样说的", "naming somebody needs its ground: who said what")]
        )
    if command.step != STEP.NAMING_CONFIRMED:
        return []
    entry = entry_of(command.facts.get(FACT.ENTRY))
    named = next((act for act in waiting(file.history) if act.number == entry), None)
    if named is None:
        return [Text("没有等确认的列明", "no naming waits to be confirmed")]
    if may_confirm(named, command.by, command.units):
        return []
    return [BY_ANOTHER]
