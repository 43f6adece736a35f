"""What a procedure calls otherwise: a telling to the same side for the same purpose stands for the one that the standard names.

A standard tells the result by one step, a paper by another: both say what it is for (`audience`, `purpose`), and that is enough
to hold the paper's own step against the standard's rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import product
from typing import Any

from kesu.names import StepName
from kesu.procedure.written.model import Procedure, Step
from kesu.procedure.written.rule import Rule

SAYS_STEPS = ("shape", "waiver", "expects", "excepted", "where_known")  # the parts of a rule that name steps


def stood_for(
    procedure: Procedure, standard: Procedure, rule: Rule, lacking: Sequence[StepName]
) -> Iterator[Rule]:
    """The rule with each step that the procedure lacks put in its own words; nothing where one of them has no other."""
    others = [_same_telling(procedure, standard.steps.get(step)) for step in lacking]
    for chosen in product(*others):
        names = dict(zip(lacking, chosen, strict=True))
        yield replace(rule, **{part: _renamed(getattr(rule, part), names) for part in SAYS_STEPS})


def _same_telling(procedure: Procedure, step: Step | None) -> list[StepName]:
    if step is None or step.purpose is None:
        return []
    return [
        own.name
        for own in procedure.steps.values()
        if (own.purpose, own.audience) == (step.purpose, step.audience)
    ]


def _renamed(value: Any, names: Mapping[StepName, StepName]) -> Any:
    """A part of a rule in which these steps are called otherwise, whatever it is made of."""
    if isinstance(value, str):
        return names.get(StepName(value), value)
    if isinstance(value, tuple | frozenset):
        return type(value)(_renamed(one, names) for one in value)
    if isinstance(value, Mapping):
        return {_renamed(key, names): _renamed(one, names) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        said = {one.name: _renamed(getattr(value, one.name), names) for one in fields(value) if one.init}
        return replace(value, **said)
    return value
