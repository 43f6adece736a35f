"""What a case waits for and who can do it: the steps that other steps, or the end, still lack; nothing typed, all judged."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kesu.casework.command import Command
from kesu.casework.decide import Actor
from kesu.casework.file import CaseFile
from kesu.casework.standing import posts_for
from kesu.people.cast import Cast
from kesu.procedure import words
from kesu.procedure.rule import Rule
from kesu.procedure.text import Text

from .who import ABOUT_PERSONS, FILLABLE, takers

CLOSING = "closed"


@dataclass(frozen=True, slots=True)
class Next:
    """A step that the case waits for: which rule says so, who can take it, and for which entry where it is a confirmation."""

    step: str
    title: Text
    rule: Rule | None
    actors: tuple[Actor, ...]
    entry: int = 0
    open_to_all: bool = False  # no rule keeps it for a post, so it is nobody's in particular


def next_steps(case: CaseFile, *, cast: Cast, now: datetime) -> list[Next]:
    """The steps that can be taken now and that something waits for, in the order in which they usually come."""
    if case.ended:
        return []
    found = [_next(case, step, rule, cast, now) for step, rule in _wanted(case, now).items()]
    return [*_to_mend(case, cast, now), *_last_things_last([one for one in found if one is not None], case)]


def _last_things_last(found: list[Next], case: CaseFile) -> list[Next]:
    """The notice of the end can be given at any time, but waits until nothing else is left."""
    ends = set(case.procedure.ends)
    before = [one for one in found if case.procedure.steps[one.step].purpose != "end"]
    return before if any(one.step not in ends for one in before) else found


def _next(case: CaseFile, step: str, rule: Rule | None, cast: Cast, now: datetime) -> Next | None:
    if _blocked(case, step, now):
        return None
    able = tuple(takers(case, step, cast, now))
    return Next(step, case.procedure.steps[step].title, rule, able, open_to_all=not posts_for(case, step))


def _wanted(case: CaseFile, now: datetime) -> dict[str, Rule | None]:
    """The end, what is missing for it, what is missing for that, and so on; each with a rule that says so."""
    procedure = case.procedure
    ends = [step for step in procedure.ends if step == CLOSING] or list(procedure.ends[:1])
    wanted: dict[str, Rule | None] = dict.fromkeys(ends)
    reached = deque(ends)
    while reached:
        for missing, rule in _missing(case, reached.popleft(), now):
            if missing not in wanted:
                wanted[missing] = rule
                reached.append(missing)
    order = {name: place for place, name in enumerate(words.steps())}  # from arrival to the end
    return dict(sorted(wanted.items(), key=lambda one: order.get(one[0], 0)))


def _missing(case: CaseFile, step: str, now: datetime) -> Iterator[tuple[str, Rule]]:
    for rule, why, missing in _findings(case, step, now):
        if rule.shape.sign in ABOUT_PERSONS or why in FILLABLE:
            continue
        for one in missing:
            if one in case.procedure.steps and not case.procedure.steps[one].free:
                yield one, rule


def _blocked(case: CaseFile, step: str, now: datetime) -> bool:
    """Whether another step, or something that its form cannot give, is missing first."""
    return any(
        (rule.shape.sign not in (*ABOUT_PERSONS, "record", "complete") and why not in FILLABLE)
        or getattr(rule.shape, "arrival", False)
        for rule, why, _ in _findings(case, step, now)
    )


def _findings(case: CaseFile, step: str, now: datetime) -> Iterator[tuple[Rule, str, tuple[str, ...]]]:
    """What bars the step for anybody at all: judged without a person."""
    act = Command(step=step, by="").act(number=case.number + 1, now=now)
    for finding in case.judge(act):
        if finding.bars:
            yield case.procedure.by_name[finding.rule], finding.outcome.why, finding.outcome.missing


def _to_mend(case: CaseFile, cast: Cast, now: datetime) -> Iterator[Next]:
    """Earlier acts of somebody who has to stay out: one for whom nothing stands in the way confirms each."""
    step = "work confirmed"
    if step not in case.procedure.steps:
        return
    for act, rule in case.to_mend():
        able = takers(case, act.step, cast, now)
        yield Next(step, case.procedure.steps[step].title, rule, tuple(able), entry=act.number)
