"""All that is kept of the ways of a procedure: the least to each end, what each post does alone, and the dead ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from kesu.casework.deciding.decide import Actor
from kesu.names import PostName, StepName
from kesu.procedure.words import in_its_words
from kesu.procedure.written.model import Procedure
from kesu.worktime.calendar import Calendar

from .account import Standing, account
from .by_post import Alone, by_each_post
from .dead_ends import MOST_FILES, Bench, DeadEnd, never_ended, never_taken, not_replaced
from .exhaustive import Exhausted, exhausted
from .openings import Opening, openings
from .people import alone, everybody
from .search import Way, shortest
from .stated import Branch

START: Final = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Monday


class People(StrEnum):
    """Who takes the steps of a way."""

    EVERYBODY = "everybody"
    ONE = "one person in every post"


@dataclass(frozen=True, slots=True)
class Taken:
    """A step on a way, and the post in which it was taken; nobody's is the house's, or somebody's without a post."""

    step: StepName
    post: PostName | None


@dataclass(frozen=True, slots=True)
class KeptWay:
    """One way as it is kept. Where none was found, `barred` are the rules that stood in it, and `given_up` says that the search
    came to its bound before it had done all that it could think of.

    `where` is the branch that it is the way of, `given` what had to be so besides. `undone` holds the clauses that were not done on it, by how they stand.
    """

    goal: StepName
    people: People
    where: tuple[tuple[str, str], ...] = ()
    steps: tuple[Taken, ...] = ()
    given: tuple[tuple[str, str], ...] = ()
    undone: tuple[tuple[Standing, tuple[str, ...]], ...] = ()
    barred: tuple[str, ...] = ()
    given_up: bool = False


@dataclass(frozen=True, slots=True)
class Survey:
    """All that is kept of one procedure. Every order of up to `depth` acts of people was tried."""

    procedure: str
    depth: int
    ways: tuple[KeptWay, ...]
    dead_ends: tuple[DeadEnd, ...] = ()
    posts: tuple[Alone, ...] = ()
    openings: tuple[Opening, ...] = ()


@in_its_words
def surveyed(procedure: Procedure, branches: Iterable[Branch] = (), *, calendar: Calendar) -> Survey:
    """The ways of a procedure, and of these branches of it. The same on every machine: what is tried is counted, never timed."""
    tried = exhausted(procedure, calendar=calendar, actors=everybody(procedure), start=START)
    return Survey(
        procedure.id,
        tried.depth,
        ways=(
            *ways_to_the_ends(procedure, tried, calendar=calendar),
            *ways_of_branches(procedure, branches, calendar=calendar),
        ),
        dead_ends=tuple(_dead_ends(procedure, tried, calendar)) if procedure.ends else (),
        posts=tuple(by_each_post(procedure, calendar=calendar, start=START)) if procedure.ends else (),
        openings=tuple(openings(procedure)),
    )


def ways_to_the_ends(procedure: Procedure, tried: Exhausted, *, calendar: Calendar) -> Iterator[KeptWay]:
    """The least to each end, by everybody and by one person; of everybody's the shorter one where every order was tried."""
    for end in map(StepName, procedure.ends):
        found = _least(procedure, end, everybody(procedure), calendar)
        acts = tried.ended.get(end)
        if acts is not None and (not found.reached or len(acts) < len(found.acts)):
            found = Way(end, acts, reached=True)
        yield as_kept(procedure, People.EVERYBODY, found, calendar=calendar)
        by_one = _least(procedure, end, alone(procedure), calendar)
        yield as_kept(procedure, People.ONE, by_one, calendar=calendar)


def ways_of_branches(
    procedure: Procedure, branches: Iterable[Branch], *, calendar: Calendar
) -> Iterator[KeptWay]:
    """The least to each end of each branch, by everybody."""
    for branch in branches:
        where = tuple((name, str(value)) for name, value in branch.where.items())
        for end in branch.ends:
            found = shortest(
                procedure,
                end,
                calendar=calendar,
                actors=everybody(procedure),
                start=START,
                branch=branch.where,
            )
            way = as_kept(procedure, People.EVERYBODY, found, calendar=calendar)
            beside = tuple(one for one in way.given if one not in where)
            yield replace(way, where=where, given=beside)


def _least(procedure: Procedure, goal: StepName, actors: Sequence[Actor], calendar: Calendar) -> Way:
    return shortest(procedure, goal, calendar=calendar, actors=actors, start=START)


def _dead_ends(procedure: Procedure, tried: Exhausted, calendar: Calendar) -> Iterator[DeadEnd]:
    bench = Bench(procedure, calendar, START)
    yield from never_ended(bench, tried.files[:MOST_FILES])
    yield from never_taken(bench, tried.steps)
    yield from not_replaced(bench)


def as_kept(procedure: Procedure, people: People, way: Way, *, calendar: Calendar) -> KeptWay:
    """A way as it is kept."""
    given = tuple((name, str(value)) for name, value in way.branch.items())
    kept = KeptWay(way.goal, people, given=given)
    if not way.reached:
        barred = tuple(dict.fromkeys(finding.rule for finding in way.stuck))
        return replace(kept, barred=barred, given_up=way.given_up)
    judged = account(procedure, way, calendar=calendar)
    undone = ((so, tuple(judged.clauses_that_are(so))) for so in Standing if so is not Standing.DONE)
    return replace(
        kept,
        steps=tuple(Taken(act.step, act.post) for act in way.acts),
        undone=tuple((so, clauses) for so, clauses in undone if clauses),
    )
