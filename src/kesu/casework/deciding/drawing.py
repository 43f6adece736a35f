"""What a step draws at random is drawn when it is decided upon, unless it is given with the step."""

from __future__ import annotations

from dataclasses import replace

from kesu.procedure.history.act import Act
from kesu.procedure.shapes.abilities import Draws

from ..file.case_file import CaseFile


def with_what_is_drawn(file: CaseFile, act: Act) -> Act:
    """The act with the things drawn that its rules want; as it is where they are given, or cannot be drawn yet."""
    for rule, shape in file.procedure.able_at(act.step, Draws):
        if act.facts.get(shape.drawn) is not None:
            continue
        if rule.when.holds(file.history, act) is not True or shape.unknown(file.history, act):
            continue
        found = shape.again(file.history, act)
        if found is not None:
            act = replace(act, facts={**act.facts, shape.drawn: list(found)})
    return act
