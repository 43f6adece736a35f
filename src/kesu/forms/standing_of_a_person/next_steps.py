"""What a case waits for and who can do it, by name: what `caseload.outstanding` says, for a page that shows one case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kesu.casework.deciding.decide import Actor
from kesu.casework.file.case_file import CaseFile
from kesu.casework.waiting.outstanding import Ready, outstanding
from kesu.casework.waiting.who_may import NOBODY
from kesu.people.directory import Directory
from kesu.procedure import words
from kesu.procedure.words.names import STEP
from kesu.procedure.written.rule import Rule
from kesu.reading.text import Text

from .who import takers


@dataclass(frozen=True, slots=True)
class Next:
    """A step that the case waits for: which rule says so, who can take it, and for which entry where it is a confirmation."""

    step: str
    title: Text
    rule: Rule | None
    actors: tuple[Actor, ...]
    entry: int = 0
    open_to_all: bool = False  # no rule keeps it for a post, so it is nobody's in particular


def next_steps(case: CaseFile, *, directory: Directory, now: datetime) -> list[Next]:
    """The steps that can be taken now and that an end waits for, in the order in which they usually come."""
    order = {name: place for place, name in enumerate(words.steps())}  # from arrival to the end
    ready = sorted(outstanding(case), key=lambda one: order.get(one.step, 0))
    return [*_to_mend(case, directory, now), *(_next(case, one, directory, now) for one in ready)]


def _next(case: CaseFile, ready: Ready, directory: Directory, now: datetime) -> Next:
    step = case.procedure.steps[ready.step]
    able = tuple(takers(case, step.name, directory, now))
    return Next(
        step.name,
        step.title,
        case.procedure.by_name.get(ready.rule),
        able,
        open_to_all=ready.takers == NOBODY,
    )


def _to_mend(case: CaseFile, directory: Directory, now: datetime) -> Iterator[Next]:
    """Earlier acts of somebody who has to stay out: one for whom nothing stands in the way confirms each."""
    step = STEP.WORK_CONFIRMED
    if case.ended or step not in case.procedure.steps:
        return
    for act, rule in case.to_mend():
        able = takers(case, act.step, directory, now)
        yield Next(step, case.procedure.steps[step].title, rule, tuple(able), entry=act.number)
