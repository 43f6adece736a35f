"""What is kept of the ways of a procedure: for each end the least by everybody, and the least by one person in every post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from kesu.casework.deciding.decide import Actor
from kesu.names import PostName, StepName
from kesu.procedure.written.model import Procedure
from kesu.worktime.calendar import Calendar

from .account import Standing, account
from .people import alone, everybody
from .search import Way, shortest

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

    `undone` holds the clauses that were not done on it, by how they stand.
    """

    goal: StepName
    people: People
    steps: tuple[Taken, ...] = ()
    given: tuple[tuple[str, str], ...] = ()
    undone: tuple[tuple[Standing, tuple[str, ...]], ...] = ()
    barred: tuple[str, ...] = ()
    given_up: bool = False


@dataclass(frozen=True, slots=True)
class Survey:
    """All that is kept of one procedure."""

    procedure: str
    ways: tuple[KeptWay, ...]


def surveyed(procedure: Procedure, *, calendar: Calendar) -> Survey:
    """The ways of a procedure. The same on every machine: what is tried is counted, never timed."""
    houses = {People.EVERYBODY: everybody(procedure), People.ONE: alone(procedure)}
    return Survey(
        procedure.id,
        tuple(
            as_kept(procedure, people, _least(procedure, StepName(end), actors, calendar), calendar=calendar)
            for end in procedure.ends
            for people, actors in houses.items()
        ),
    )


def _least(procedure: Procedure, goal: StepName, actors: Sequence[Actor], calendar: Calendar) -> Way:
    return shortest(procedure, goal, calendar=calendar, actors=actors, start=START)


def as_kept(procedure: Procedure, people: People, way: Way, *, calendar: Calendar) -> KeptWay:
    """A way as it is kept."""
    given = tuple((name, str(value)) for name, value in way.branch.items())
    if not way.reached:
        barred = tuple(finding.rule for finding in way.stuck)
        return KeptWay(way.goal, people, given=given, barred=barred, given_up=way.given_up)
    judged = account(procedure, way, calendar=calendar)
    undone = ((so, tuple(judged.clauses_that_are(so))) for so in Standing if so is not Standing.DONE)
    return KeptWay(
        way.goal,
        people,
        steps=tuple(Taken(StepName(act.step), act.post) for act in way.acts),
        given=given,
        undone=tuple((so, clauses) for so, clauses in undone if clauses),
    )
