"""Which files a person can begin: every procedure in force whose first step is taken by people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kesu.caseload.acting.new_file import empty_file, first_step
from kesu.caseload.sight.seats import actors_in
from kesu.casework.deciding.decide import Actor
from kesu.casework.file.case_file import CaseFile
from kesu.casework.waiting.takers import Takers
from kesu.names import PersonId
from kesu.people.directory import Directory
from kesu.procedure import words
from kesu.procedure.written.model import Procedure, Step
from kesu.reading.text import Text

from .in_words import actors_in_words

NOBODY = Text("", "")


@dataclass(frozen=True, slots=True)
class Beginning:
    """A procedure with the first step of its files. `actor`: the person in the post that lets him take it, if any."""

    procedure: Procedure
    step: Step
    case: CaseFile
    actor: Actor | None
    who: Text = NOBODY  # who can, where this person cannot


def begun_by_people(procedure: Procedure) -> bool:
    """Whether files under it begin with a step that somebody takes, and not the house or the clock."""
    step = procedure.steps.get(first_step(procedure))
    return step is not None and step.word.by_people


def beginning(procedure: Procedure, *, directory: Directory, person: PersonId, now: datetime) -> Beginning:
    """How this person stands to the first step of a new file."""
    case = empty_file(procedure, directory)
    step = procedure.steps[first_step(procedure)]
    units = directory.units_above(person, now)
    posts = [seat for seat in directory.seats_of(person, now) if seat.post in procedure.posts]
    free = [] if directory.only_reads(person, procedure.posts, now) else [Actor(person, None, None, units)]
    actors = [Actor(person, seat.post, seat.behalf, units) for seat in posts] or free
    takers = Takers(case, now=now, actors=actors_in(case, directory=directory, now=now))
    actor = next((able for able in actors if takers.may(step.name, able)), None)
    who = actors_in_words(takers.of(step.name), case, directory) if actor is None else NOBODY
    return Beginning(procedure, step, case, actor, who)


def by_kind(beginnings: Iterable[Beginning]) -> list[tuple[Text, list[Beginning]]]:
    """The kinds of file with their procedures, in the order in which they come."""
    kinds: dict[str, list[Beginning]] = {}
    for begun in beginnings:
        kinds.setdefault(begun.procedure.kind, []).append(begun)
    return [(words.kind_said(kind, kinds[kind][0].procedure.title), listed) for kind, listed in kinds.items()]
