"""Every order of steps up to some number of acts: what the search by refusals cannot promise, as far as it is bounded.

Each step is taken by the first of the people who may, with its form filled in as little as is accepted. Steps that no rule
and no limit looks back at are left out: they change nothing that is asked later. How deep it comes is counted in commands,
never in time, so that it is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from kesu.casework.deciding.decide import Actor
from kesu.casework.file.case_file import CaseFile
from kesu.names import StepName
from kesu.procedure import words
from kesu.procedure.history.act import Act
from kesu.procedure.shapes.abilities import SaysWho
from kesu.procedure.words.parts import ARRIVAL
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.rule import Rule
from kesu.worktime.calendar import Calendar

from .search import Search

MOST_COMMANDS: Final = 20_000  # of one exhaustive search; a step that is begun is gone through to its end


@dataclass(frozen=True, slots=True)
class Exhausted:
    """What came of it: every order of up to `depth` acts of people was tried, `histories` of them were accepted.

    `ended` holds the shortest history to each end that was met, `files` all that did not end, `steps` what was taken.
    """

    depth: int
    histories: int
    ended: Mapping[StepName, tuple[Act, ...]] = field(default_factory=dict)
    files: tuple[CaseFile, ...] = ()
    steps: frozenset[StepName] = frozenset()


def exhausted(
    procedure: Procedure,
    *,
    calendar: Calendar,
    actors: Sequence[Actor],
    start: datetime,
    most: int = MOST_COMMANDS,
) -> Exhausted:
    """Every order of steps, act by act, as long as the commands last."""
    search = Search(procedure, calendar, actors, start)
    first = search.begun()
    level = [first] if first is not None else []
    files, ended, counting = [*level], dict[StepName, tuple[Act, ...]](), tuple(steps_that_count(procedure))
    steps = {act.step for file in level for act in file.history.acts}
    depth, histories = len(level), len(level)
    while level:
        further = _further(search, level, counting, most)
        if further is None:
            break
        depth += 1
        histories += len(further)
        steps |= {StepName(file.history.acts[-1].step) for file in further} | _taken_in(further)
        for file in further:
            last = _last_by_people(file)
            if last is not None and last.step in procedure.ends:
                ended.setdefault(StepName(last.step), tuple(file.history.acts))
        level = [file for file in further if not file.ended]
        files += level
    return Exhausted(depth, histories, ended, tuple(files), frozenset(steps))


def _further(
    search: Search, level: Iterable[CaseFile], counting: Iterable[StepName], most: int
) -> list[CaseFile] | None:
    """Every file that is one act further; None where the commands do not last for all of them."""
    found: list[CaseFile] = []
    for file in level:
        if search.tries >= most:
            return None
        found += [after for step in counting if (after := search.after(file, step)) is not None]
    return found


def _taken_in(files: Iterable[CaseFile]) -> set[StepName]:
    return {StepName(last.step) for file in files if (last := _last_by_people(file)) is not None}


def _last_by_people(file: CaseFile) -> Act | None:
    return next((act for act in reversed(file.history.acts) if act.by is not None), None)


def steps_that_count(procedure: Procedure) -> Iterable[StepName]:
    """The steps that people take after the arrival and that can change what is asked later; those that end a file last."""
    known = words.facts()
    looked_at = {fact for fact in procedure.looked_at if not known[fact].with_any_step}
    spoken = frozenset[str]().union(
        *(rule.shape.speaks_of().steps for rule in procedure.rules if _looks_back(rule))
    )
    for ending in (False, True):
        for name, step in procedure.steps.items():
            counts = name in spoken or name in procedure.touching or not looked_at.isdisjoint(step.asks)
            ends = name in procedure.ends or step.word.ends_always
            if ends is ending and step.word.by_people and name not in ARRIVAL and (counts or ends):
                yield StepName(name)


def _looks_back(rule: Rule) -> bool:
    """Whether what a rule says can hang on earlier steps: not where it only names the posts that take its own."""
    says_who = rule.able(SaysWho)
    if says_who is not None and not says_who.hangs_on_more():
        return False
    return len(rule.shape.speaks_of().steps) > 1
