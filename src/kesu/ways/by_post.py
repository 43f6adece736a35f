"""What each post alone can do to a file: the steps that one person in it comes to, and the ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kesu.casework.file.case_file import CaseFile
from kesu.names import PostName, StepName
from kesu.procedure.written.model import Procedure
from kesu.worktime.calendar import Calendar

from .people import holders_of
from .search import Search

MOST_OF_AN_END: Final = 300  # commands for one end


@dataclass(frozen=True, slots=True)
class Alone:
    """A post whose holder has nobody beside him: the procedure's own steps that he takes, and the ends, with how many acts."""

    post: PostName
    takes: tuple[StepName, ...]
    ends: tuple[tuple[StepName, int], ...]


def by_each_post(procedure: Procedure, *, calendar: Calendar, start: datetime) -> Iterator[Alone]:
    """Every post inside the house, in the order of the procedure."""
    for post in procedure.posts.values():
        if not post.external:
            actors = holders_of(procedure, [post.name])
            yield Alone(
                post.name,
                tuple(_taken(procedure, Search(procedure, calendar, actors, start))),
                tuple(
                    (StepName(end), len(way.acts))
                    for end in procedure.ends
                    for way in [
                        Search(procedure, calendar, actors, start, most=MOST_OF_AN_END).way_to(StepName(end))
                    ]
                    if way.reached
                ),
            )


def _taken(procedure: Procedure, search: Search) -> Iterator[StepName]:
    """The own steps that he takes one after the other in one file, in whatever order it lets him, short of its end."""
    file = search.begun()
    if file is None:
        return
    yield from (act.step for act in file.history.acts if procedure.steps[act.step].word.by_people)
    left = [StepName(name) for name, step in procedure.steps.items() if step.word.own_work]
    left = [name for name in left if name not in procedure.ends and not file.history.done(name)]
    while (further := _next_of(search, file, left)) is not None:
        step, file = further
        left.remove(step)
        yield step


def _next_of(search: Search, file: CaseFile, left: list[StepName]) -> tuple[StepName, CaseFile] | None:
    return next(((step, after) for step in left if (after := search.after(file, step)) is not None), None)
