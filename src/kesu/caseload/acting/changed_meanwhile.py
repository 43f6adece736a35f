"""“Changed meanwhile”: which entries after the one a person saw touch what his command hangs on (semantics 3.9)."""

from __future__ import annotations

from kesu.casework.deciding.command import Command
from kesu.casework.file.roles_in_file import touched as read_by_rules
from kesu.procedure.history.act import Act

from ..folded.fold import Folded


def touched(fold: Folded, command: Command, seen_up_to: int) -> list[Act]:
    """The acts after entry `seen_up_to` that the rules of the step read, or that say the same facts as the command."""
    by_rules = {act.number for act in read_by_rules(fold.case, command.step, seen_up_to)}
    return [
        act
        for act in fold.case.history.acts
        if act.number > seen_up_to
        and act.by is not None
        and (act.number in by_rules or not set(command.facts).isdisjoint(act.facts))
    ]
