"""What a file waits for next, whether a limit runs or not: every step that can be taken now on the way to an end.

Asked backwards: what does the end lack, what do those steps lack, and so on, until steps are reached that lack nothing
but what their own form asks. The answers are the rules' own (`judge`), so pages and rules cannot differ.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kesu.names import StepName
from kesu.procedure.history.act import Act
from kesu.procedure.history.verdict import Verdict
from kesu.procedure.written.model import Procedure

from ..duties.of_a_file import Duty
from ..file.case_file import CaseFile
from .needs import Need

NeedOf = Callable[[str], Need]  # what a step lacks, asked anew or remembered


@dataclass(frozen=True, slots=True)
class Ready:
    """A step that can be taken now: the rule that wants it, and the limit that waits for it."""

    step: str
    rule: str
    limit: Duty | None


def outstanding(case: CaseFile, need: NeedOf) -> list[Ready]:
    """The steps that can be taken now and that an end waits for, in the order of the procedure's steps."""
    if case.ended or not case.history.acts:
        return []
    wanted = _wanted(case, need)
    limits = _limits(case, need, wanted)
    return [
        Ready(step, wanted[step], limits.get(step))
        for step in case.procedure.steps
        if step in wanted and need(step).ready
    ]


def _wanted(case: CaseFile, need: NeedOf) -> Mapping[str, str]:
    """The ends, what they lack, what that lacks, and so on; each with the rule that wants it."""
    procedure = case.procedure
    wanted: dict[str, str] = {}
    asked = deque((end, "") for end in _ends(case))
    while asked:
        step, rule = asked.popleft()
        if step not in wanted:
            wanted[step] = rule or _rule_at(procedure, step)
            asked.extend(need(step).lacks)
    return wanted


def _ends(case: CaseFile) -> Iterator[str]:
    """The usual end, and every other end whose turn the procedure says has come."""
    procedure, last = case.procedure, case.history.acts[-1]
    yield from procedure.ends[:1]
    for end in procedure.ends[1:]:
        tried = Act(number=last.number + 1, step=StepName(end), at=last.noted, noted=last.noted)
        outcomes = [case.outcome(rule, tried) for rule in procedure.gates.get(end, ())]
        if outcomes and all(one is None or one.verdict is Verdict.KEPT for one in outcomes):
            yield end


def _limits(case: CaseFile, need: NeedOf, wanted: Mapping[str, str]) -> Mapping[str, Duty]:
    """For each step the limit that runs out first among those that wait for it."""
    limits: dict[str, Duty] = {}
    running = [duty for duty in case.running() if duty.due is not None and not duty.paused]
    for duty in sorted(running, key=lambda duty: duty.due.at if duty.due else duty.start):
        steps = [step for step in duty.steps if step in wanted]
        while steps:
            step = steps.pop()
            if step not in limits:
                limits[step] = duty
                steps += [other for other, _ in need(step).lacks]
    return limits


def _rule_at(procedure: Procedure, step: str) -> str:
    """Some rule that speaks of this very step, for a step that nothing else calls for."""
    speaking = (rule for rule in procedure.asked.get(step, ()) if step in rule.shape.asked())
    return next((rule.name for rule in speaking), "")
