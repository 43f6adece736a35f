"""What of a file may not be told to everybody who sees it: results that nobody outside has been told yet (semantics 5.9)."""

from __future__ import annotations

from kesu.names import FactName
from kesu.procedure.shapes.abilities import TellsAsConsented

from .case_file import CaseFile


def consents(case: CaseFile) -> list[TellsAsConsented]:
    """What the rules say of consent that may hold in this case; where one cannot tell, it holds."""
    able = case.procedure.able(TellsAsConsented)
    return [shape for rule, shape in able if rule.when.holds(case.history, None) is not False]


def untold(case: CaseFile) -> frozenset[FactName]:
    """The facts behind the gate while the result has not been told; none from then on."""
    shapes = consents(case)
    if any(case.history.done(step) for shape in shapes for step in shape.told_at):
        return frozenset()
    return frozenset(word for shape in shapes for word in shape.facts)
