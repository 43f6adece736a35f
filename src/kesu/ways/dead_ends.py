"""Dead ends: a file that nobody ends, a step that nobody comes to, a post that nobody fills when its holder has to stay out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from kesu.casework.deciding.decide import Actor
from kesu.casework.file.case_file import CaseFile
from kesu.names import PersonId, RuleName, StepName
from kesu.procedure import words
from kesu.procedure.history.act import Value
from kesu.procedure.history.verdict import Finding
from kesu.procedure.shapes.blank import TEXTS
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.model import Post, Procedure
from kesu.procedure.written.rule import Rule
from kesu.worktime.calendar import Calendar

from .people import everybody, holder, two_a_post
from .search import MOST_TRIES, Search, Way, shortest

MOST_FILES: Final = 40  # of those that an exhaustive search leaves open, the first


class Kind(StrEnum):
    """What cannot go on."""

    FILE = "nobody ends a file after"
    STEP = "nobody comes to"
    POST = "named, and nobody in his place"


@dataclass(frozen=True, slots=True)
class DeadEnd:
    """One dead end: `names` are the steps that a file took, the step, or the post; `barred` the rules that stood in the way."""

    kind: Kind
    names: tuple[str, ...]
    barred: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bench:
    """In which procedure, by which calendar, from when."""

    procedure: Procedure
    calendar: Calendar
    start: datetime

    def search(self, actors: Sequence[Actor], *, most: int = MOST_TRIES) -> Search:
        """A search of its own, by these people."""
        return Search(self.procedure, self.calendar, actors, self.start, most=most)


def never_ended(bench: Bench, files: Iterable[CaseFile]) -> Iterator[DeadEnd]:
    """Of these files those that nobody brings to any end of the procedure. One that is told once tells of all that follow it."""
    told: list[tuple[StepName, ...]] = []
    for file in files:
        steps = tuple(StepName(act.step) for act in file.history.acts)
        if any(steps[: len(one)] == one for one in told):
            continue
        barred = _barred_from_every_end(bench, file, everybody(bench.procedure))
        if barred is not None:
            told.append(steps)
            yield DeadEnd(Kind.FILE, steps, _names(barred))


def _barred_from_every_end(
    bench: Bench, file: CaseFile, actors: Sequence[Actor]
) -> tuple[Finding, ...] | None:
    barred: tuple[Finding, ...] | None = None
    for end in bench.procedure.ends:
        way = _way_on(bench, file, StepName(end), actors)
        if way.reached:
            return None
        barred = barred if barred is not None else way.stuck
    return barred


def _way_on(bench: Bench, file: CaseFile, end: StepName, actors: Sequence[Actor]) -> Way:
    """The least that leads a file to an end; what stands in the way and may be done without is done without."""
    way = bench.search(actors).way_on(file, end)
    waived: set[RuleName] = set()
    while not way.reached:
        freed = _without_one(bench, file, actors, waived)
        if freed is None:
            return way
        file = freed
        way = bench.search(actors).way_on(file, end)
    return way


def _without_one(
    bench: Bench, file: CaseFile, actors: Sequence[Actor], waived: set[RuleName]
) -> CaseFile | None:
    """The file after somebody did without what a rule wants now, the first that lets it; None where there is none left."""
    for name, rule in bench.procedure.by_name.items():
        for written in () if name in waived else _ways_of_doing_without(rule):
            doing = bench.search(actors)
            doing.branch = written
            freed = doing.after(file, StepName(STEP.NOT_POSSIBLE))
            if freed is not None:
                waived.add(rule.name)
                return freed
    return None


def _ways_of_doing_without(rule: Rule) -> Iterator[dict[str, Value]]:
    """What may be written down for leaving out one of the steps of a rule; nothing where it has no exception."""
    if rule.waiver is None:
        return
    grounds = rule.waiver.grounds or tuple(words.facts()[FACT.WAIVER_GROUND].choices)[:1]  # any will do
    for step in sorted(rule.shape.speaks_of().steps):
        said: dict[str, Value] = {FACT.INSTEAD_OF: step, FACT.REASON: TEXTS[0]}
        yield from ({**said, FACT.WAIVER_GROUND: ground} for ground in grounds)


def never_taken(bench: Bench, taken: Iterable[StepName]) -> Iterator[DeadEnd]:
    """The procedure's own steps that nobody comes to, beyond those of which it is known that somebody does."""
    known = set(taken)
    procedure, houses = bench.procedure, (everybody(bench.procedure), two_a_post(bench.procedure))
    for name, step in procedure.steps.items():
        if step.word.own_work and name not in known and name not in procedure.ends:
            ways = (_way(bench, step.name, people) for people in houses)
            way = next((way for way in ways if way.reached), None)
            if way is None:
                yield DeadEnd(Kind.STEP, (step.name,), _names(_way(bench, step.name, houses[0]).stuck))
            else:
                known |= {act.step for act in way.acts}


def _way(bench: Bench, goal: StepName, people: Sequence[Actor]) -> Way:
    return shortest(bench.procedure, goal, calendar=bench.calendar, actors=people, start=bench.start)


def not_replaced(bench: Bench) -> Iterator[DeadEnd]:
    """The posts whose holder, once he is named as concerned, has nobody in his place: no file comes to an end then."""
    if STEP.NAMED not in bench.procedure.steps or not bench.procedure.ends:
        return
    for post in bench.procedure.posts.values():
        if not post.external:
            barred = _barred_without(bench, post)
            if barred is not None:
                yield DeadEnd(Kind.POST, (post.name,), _names(barred))


def _barred_without(bench: Bench, post: Post) -> tuple[Finding, ...] | None:
    """What bars every end once the holder of a post was named; None where somebody brings it there, or nobody names him."""
    out = holder(post.name)
    others = [actor for actor in everybody(bench.procedure) if actor.person != out]
    people = [*others, *_in_his_place(post), Actor(out, post.name)]
    naming = bench.search(people)
    naming.branch = {FACT.PERSONS: [out], FACT.REASON: TEXTS[0]}
    begun = naming.begun()
    file = begun if begun is None else naming.after(begun, StepName(STEP.NAMED))
    return None if file is None else _barred_from_every_end(bench, file, people)


def _in_his_place(post: Post) -> list[Actor]:
    if post.last_resort is None:
        return []
    return [Actor(PersonId(f"the {post.last_resort}"), post.last_resort, post.name)]


def _names(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.rule for finding in findings))
