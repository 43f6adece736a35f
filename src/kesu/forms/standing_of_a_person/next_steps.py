"""What a case waits for and who can do it, by name: what `outstanding` says, for a page that shows one case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial

from kesu.casework.deciding.decide import Actor
from kesu.casework.waiting.needs import need
from kesu.casework.waiting.outstanding import Ready, outstanding
from kesu.casework.waiting.takers import OPEN_TO_ALL, Takers, lying_with
from kesu.names import StepName
from kesu.procedure import words
from kesu.procedure.words.names import STEP
from kesu.procedure.written.rule import Rule
from kesu.reading.text import Text


@dataclass(frozen=True, slots=True)
class Next:
    """A step that the case waits for: which rule says so, who can take it, and for which entry where it is a confirmation."""

    step: str
    title: Text
    rule: Rule | None
    actors: tuple[Actor, ...]
    entry: int = 0
    open_to_all: bool = False  # no rule keeps it for a post, so it is nobody's in particular


def next_steps(takers: Takers) -> list[Next]:
    """The steps that can be taken now and that an end waits for, in the order in which they usually come."""
    order = {name: place for place, name in enumerate(words.steps())}  # from arrival to the end
    waited_for = outstanding(takers.case, cache(partial(need, takers)))
    ready = sorted(waited_for, key=lambda one: order.get(one.step, 0))
    return [*_to_mend(takers), *(_next(takers, one) for one in ready)]


def _next(takers: Takers, ready: Ready) -> Next:
    procedure = takers.case.procedure
    step = procedure.steps[ready.step]
    able = _awaited(takers, step.name)
    return Next(
        step.name,
        step.title,
        procedure.by_name.get(ready.rule),
        tuple(actor for actor in able if not ready.posts or actor.post in ready.posts),
        open_to_all=not ready.posts and lying_with([takers.addressees(step.name)]) == OPEN_TO_ALL,
    )


def _awaited(takers: Takers, step: StepName) -> tuple[Actor, ...]:
    """Who may take the step; of a joint act that has begun those alone whose part is lacking."""
    joint, able = takers.case.procedure.joint.get(step), takers.of(step)
    given = takers.case.history.all(step)
    if joint is None or not given or not joint.lacking(given):
        return able
    left = takers.addressees(step)
    return tuple(
        actor
        for actor in able
        if actor.person not in left.left_out and not {actor.post, actor.behalf}.isdisjoint(left.posts)
    )


def _to_mend(takers: Takers) -> Iterator[Next]:
    """Earlier acts of somebody who has to stay out: one for whom nothing stands in the way confirms each."""
    case, step = takers.case, STEP.WORK_CONFIRMED
    if case.ended or step not in case.procedure.steps:
        return
    for act, rule in case.to_mend():
        yield Next(step, case.procedure.steps[step].title, rule, takers.of(act.step), entry=act.number)
