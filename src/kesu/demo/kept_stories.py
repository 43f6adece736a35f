"""The story that a procedure of the library tells of itself, moved to the newest weeks in which it still holds.

The examples of a procedure tell whole cases on fixed days. Told again so many weeks later the same days are worked and the
same limits kept only where no holiday comes between: so a story is rehearsed before it is performed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Final

from kesu.casework.examples.courses import as_command, run
from kesu.casework.examples.stories import Examples
from kesu.casework.examples.trying import exemplified
from kesu.procedure.history.act import Act, Value
from kesu.procedure.words import spoken
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.library import Library
from kesu.procedure.written.model import Procedure
from kesu.worktime.calendar import Calendar

EXTENDS: Final = "extends"  # what does not is the base: what every file knows is no procedure to work by
WEEK: Final = timedelta(days=7)
SINCE_THE_END: Final = timedelta(days=2)  # at least so long ago did a story end
MOST_WEEKS: Final = 60  # so far back are weeks looked for in which the same days are worked
DAY_OR_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d.*)?")


@dataclass(frozen=True)
class KeptStory:
    """A story of a procedure that keeps every rule and comes to an end, on the days on which it is told now."""

    procedure: Procedure
    settings: Mapping[str, str]
    name: str
    acts: tuple[Act, ...]

    @cached_property
    def begins(self) -> datetime:
        """When its first line happened."""
        return self.acts[0].noted

    @cached_property
    def opens(self) -> Mapping[str, str]:
        """The linked files that it tells of: the number that it gives each, and the procedure of each."""
        linked = (act.facts for act in self.acts if act.step == STEP.LINKED)
        return {str(facts[FACT.LINKED_FILE]): str(facts[FACT.KIND]) for facts in linked}

    def squeezed(self, begin: datetime, end: datetime) -> tuple[Act, ...]:
        """Its lines but the first between two moments, in their order and evenly: what a linked file does meanwhile."""
        rest = self.acts[1:]
        share = (end - begin) / (len(rest) + 1)
        times = [begin + share * (place + 1) for place in range(len(rest))]
        days = {act.at.date(): at.date() for act, at in zip(rest, times, strict=True)}
        facts = [{word: _on_days(value, days) for word, value in act.facts.items()} for act in rest]
        return tuple(
            replace(act, at=at, noted=at, facts=said)
            for act, at, said in zip(rest, times, facts, strict=True)
        )


def kept_story(library: Library, name: str, *, today: date, calendar: Calendar) -> KeptStory | None:
    """The first story of the procedure that ends as its paper has it, told so that it ended some days before `today`.

    One that needs no linked file goes before one that does. None where the procedure tells none: an overlay, or the base.
    """
    if EXTENDS not in library.own(name):
        return None
    procedure, examples = exemplified(library, name)
    with spoken(procedure.words):
        whole = sorted(_ended(procedure, examples, calendar), key=_needs_another)
        if not whole:
            return None
        story, acts = whole[0]
        return KeptStory(
            procedure, examples.settings, story, _moved(acts, procedure, today=today, calendar=calendar)
        )


def _ended(
    procedure: Procedure, examples: Examples, calendar: Calendar
) -> Iterator[tuple[str, Sequence[Act]]]:
    """The stories that are told without a refusal to an end of the file."""
    for story in examples.stories:
        acts = examples.story(story)
        course = run(as_command, acts, procedure=procedure, calendar=calendar)
        if course.file.ended and not any(one.refused for one in course.passages):
            yield story, acts


def _needs_another(story: tuple[str, Sequence[Act]]) -> bool:
    return any(act.step == STEP.LINKED for act in story[1])


def _moved(acts: Sequence[Act], procedure: Procedure, *, today: date, calendar: Calendar) -> tuple[Act, ...]:
    """The story in the newest weeks in which it passes; where it passes in none, in the newest of all."""
    end = next(act.noted for act in acts if act.step in procedure.ends)
    newest = (today - SINCE_THE_END - end.astimezone(calendar.zone_info).date()) // WEEK
    for weeks in range(newest, newest - MOST_WEEKS, -1):
        if not _worked_alike(calendar, acts[0].noted, end, WEEK * weeks):
            continue
        moved = _later(acts, WEEK * weeks)
        course = run(as_command, moved, procedure=procedure, calendar=calendar)
        if course.file.ended and not any(one.refused for one in course.passages):
            return moved
    return _later(acts, WEEK * newest)


def _worked_alike(calendar: Calendar, begin: datetime, end: datetime, by: timedelta) -> bool:
    """Whether the days of the story are worked and free as those on which it was written."""
    first, last = (moment.astimezone(calendar.zone_info).date() for moment in (begin, end))
    days = [first + timedelta(days=place) for place in range((last - first).days + 2)]
    return all(bool(calendar.day(day).shifts) == bool(calendar.day(day + by).shifts) for day in days)


def _later(acts: Sequence[Act], by: timedelta) -> tuple[Act, ...]:
    return tuple(
        replace(
            act,
            at=act.at + by,
            noted=act.noted + by,
            facts={word: _moved_value(value, by) for word, value in act.facts.items()},
        )
        for act in acts
    )


def _moved_value(value: Any, by: timedelta) -> Value:
    """The value with every date in it so much later."""
    if isinstance(value, dict):
        return {key: _moved_value(one, by) for key, one in value.items()}
    if isinstance(value, list):
        return [_moved_value(one, by) for one in value]
    if isinstance(value, str) and (found := DAY_OR_INSTANT.fullmatch(value)):
        moved = datetime.fromisoformat(value) + by
        return moved.isoformat() if found[1] else moved.date().isoformat()
    return value


def _on_days(value: Any, days: Mapping[date, date]) -> Value:
    """A date that is the day of a line, as the day on which that line is told now."""
    if isinstance(value, str) and DAY_OR_INSTANT.fullmatch(value) and len(value) == len("2026-01-01"):
        day = date.fromisoformat(value)
        return days.get(day, _nearest(day, days)).isoformat()
    return value


def _nearest(day: date, days: Mapping[date, date]) -> date:
    """A day between two lines keeps its distance to the line before it."""
    before = max((one for one in days if one <= day), default=min(days))
    return days[before] + (day - before)
