"""Duties that begin when the file has ended: whether anybody can still meet them."""

from __future__ import annotations

from collections.abc import Iterator

from kesu.names import StepName
from kesu.reading.text import Text

from .fault import Fault
from .model import Procedure
from .rule import Rule


def shut_by_the_end(procedure: Procedure) -> Iterator[Fault]:
    """Rules by which the end calls for a step that the end shuts: every file would owe what nobody can do."""
    for rule in procedure.timed:
        if _called_by_the_end(rule, procedure) and not any(_open(step, procedure) for step in _answers(rule)):
            yield _fault(rule, procedure)


def _called_by_the_end(rule: Rule, procedure: Procedure) -> bool:
    """Whether nothing but an end of the file calls for it."""
    calls = rule.shape.timed.calls if rule.shape.timed is not None else ()
    return bool(calls) and set(calls) <= set(procedure.ends)


def _answers(rule: Rule) -> tuple[StepName, ...]:
    return rule.shape.timed.answers if rule.shape.timed is not None else ()


def _open(step: StepName, procedure: Procedure) -> bool:
    """Whether people, the house or the clock may take it in a file that has ended."""
    return step in procedure.steps and procedure.steps[step].word.may_follow_end


def _fault(rule: Rule, procedure: Procedure) -> Fault:
    answers = [procedure.steps[step] for step in _answers(rule) if step in procedure.steps]
    zh = "、".join(f"“{step.title.zh}”" for step in answers)
    en = " or ".join(f"“{step.name}”" for step in answers)
    return Fault(
        rule.origin,
        rule.line,
        Text(
            f"规则“{rule.name}”要求办结以后办{zh}，而办结以后办不了；请在 steps 里给这一步写上 after the end: yes",
            f"the rule “{rule.name}” wants {en} after the end, which shuts it; write “after the end: yes” at this step under “steps”",
        ),
    )
