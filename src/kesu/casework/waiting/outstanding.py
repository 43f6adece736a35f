"""What a file waits for next, whether a limit runs or not: every step that can be taken now on the way to an end.

Asked backwards: what does the end lack, or the step that a running limit is for, what do those steps lack, and so on, until
steps are reached that lack nothing but what their own form asks. The answers are the rules' own (`judge`), so pages and rules cannot differ.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kesu.names import StepName
from kesu.procedure import words
from kesu.procedure.history.act import Act
from kesu.procedure.history.verdict import Verdict
from kesu.procedure.words.names import STEP
from kesu.procedure.written.model import Procedure

from ..duties.of_a_file import Duty
from ..file.case_file import CaseFile
from ..file.let_pass import proposals
from ..file.naming import waiting
from .needs import Need

NeedOf = Callable[[str], Need]  # what a step lacks, asked anew or remembered


@dataclass(frozen=True, slots=True)
class Ready:
    """A step that can be taken now: the rule that wants it, and the limit that waits for it.

    `posts`: of which posts alone the rule wants it; empty: of whoever may take it.
    """

    step: str
    rule: str
    limit: Duty | None
    posts: tuple[str, ...] = ()


def outstanding(case: CaseFile, need: NeedOf) -> list[Ready]:
    """The steps that can be taken now and that an end or a running limit waits for, in the order of the procedure's steps.

    What an earlier step has to open first is not among them, though no rule bars it: see `_within_reach`.
    """
    if case.ended or not case.history.acts:
        return []
    wanted = on_the_way(case, need)
    limits = _limits(case, need, wanted)
    ready = {step: limits.get(step) for step in case.procedure.steps if step in wanted and need(step).ready}
    near = _within_reach(case, need, wanted, ready)
    answers = [STEP.OVERRIDE_AGREED] if any(one.waits for one in proposals(case.history)) else []
    answers += [STEP.NAMING_CONFIRMED] if waiting(case.history) else []
    waited_for = [Ready(step, wanted[step], limit) for step, limit in ready.items() if limit or step in near]
    return [
        *(Ready(step, _rule_at(case.procedure, step), None) for step in answers),
        *_reminded(need, waited_for),
        *waited_for,
    ]


def _reminded(need: NeedOf, waited_for: Sequence[Ready]) -> Iterator[Ready]:
    """What rules that refuse nothing want before one of these steps."""
    named = {one.step for one in waited_for}
    for one in waited_for:
        for reminder in need(one.step).reminders:
            if reminder.step not in named and need(reminder.step).ready:
                named.add(reminder.step)
                yield Ready(reminder.step, reminder.rule, one.limit, reminder.posts)


def on_the_way(case: CaseFile, need: NeedOf) -> Mapping[str, str]:
    """The ends, what they lack, what that lacks, and so on; each with the rule that wants it: of several the nearest.

    A limit whose steps lie on no way to an end, and cannot be taken yet, wants what its first step lacks.
    """
    place = _usual_places()
    wanted: dict[str, tuple[int, str]] = {}
    asked = deque((end, len(place), "") for end in _ends(case))
    _want(case.procedure, need, wanted, asked, place)
    for duty in case.running():
        if not any(step in wanted or need(step).ready for step in duty.steps):
            asked.extend((step, len(place), duty.rule) for step in duty.steps[:1])
            _want(case.procedure, need, wanted, asked, place)
    return {step: rule for step, (_, rule) in wanted.items()}


def _want(
    procedure: Procedure,
    need: NeedOf,
    wanted: dict[str, tuple[int, str]],
    asked: deque[tuple[str, int, str]],
    place: Mapping[str, int],
) -> None:
    """Goes on from the steps that are asked for, each with the place of the step that wants it and the rule."""
    while asked:
        step, by, rule = asked.popleft()
        if step not in wanted:
            asked.extend((lacking, place.get(step, len(place)), why) for lacking, why in need(step).lacks)
        if step not in wanted or by < wanted[step][0]:
            wanted[step] = by, rule or _rule_at(procedure, step)


def _within_reach(
    case: CaseFile, need: NeedOf, wanted: Mapping[str, str], ready: Iterable[str]
) -> frozenset[str]:
    """The steps that can be taken and that usually come before the first that cannot, and those that it waits for.

    Whatever usually comes later is far ahead, though no rule bars it: the file is not there yet. A step that nothing we do
    would open holds nobody back.
    """
    place = _usual_places()
    able = frozenset(ready)
    for step in sorted(wanted, key=lambda one: place.get(one, 0)):
        if step not in able and (opening := _opening(step, need) & able):
            before = {one for one in able if place.get(one, 0) < place.get(step, 0)}
            return opening | before | able.intersection(case.procedure.ends)
    return able


def _opening(step: str, need: NeedOf) -> frozenset[str]:
    """What a step lacks, what that lacks, and so on."""
    found: set[str] = set()
    left = [step]
    while left:
        lacking = {one for one, _ in need(left.pop()).lacks} - found
        found |= lacking
        left.extend(lacking)
    return frozenset(found)


@cache
def _usual_places() -> Mapping[str, int]:
    """From arrival to the end; what may be done everywhere has no place of its own, and comes when something waits for it."""
    steps = words.steps()
    return {
        name: number if step.own_work or step.part is words.Part.ARRIVAL else len(steps)
        for number, (name, step) in enumerate(steps.items())
    }


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
