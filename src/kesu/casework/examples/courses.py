"""A story run through the rules line by line, in either of two ways, so that one sees what becomes of each line.

As commands: each line is asked for as somebody would ask; one that is refused leaves nothing behind, and the story goes
on. As a log: what is told has happened, nothing is refused. Both take the file as it stands and give the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kesu.procedure.history.act import Act
from kesu.procedure.history.verdict import Finding
from kesu.procedure.words.names import FACT
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text
from kesu.worktime.calendar import Calendar

from ..deciding.command import Command
from ..deciding.decide import Barred, decide
from ..deciding.replay import replayed
from ..file.case_file import CaseFile

LAST_OF: Final = "@"  # `entry: "@found"` is the number of the last “found” in the file


@dataclass(frozen=True, slots=True)
class Passage:
    """What became of one line: what the rules say of it, what else came on record with it, why it was no command."""

    act: Act
    findings: tuple[Finding, ...] = ()
    recorded: tuple[Act, ...] = ()  # by the clock and by the rules, before and after the act
    problems: tuple[Text, ...] = ()
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """A story that was run: the file at its end, and what became of each line, in order."""

    file: CaseFile
    passages: tuple[Passage, ...] = ()


Way = Callable[[CaseFile, Act], tuple[CaseFile, Passage]]


def run(way: Way, acts: Sequence[Act], *, procedure: Procedure, calendar: Calendar) -> Course:
    """The whole story in one of the two ways, from an empty file."""
    ((_, course),) = run_all(way, [acts], procedure=procedure, calendar=calendar)
    return course


def run_all(
    way: Way, stories: Sequence[Sequence[Act]], *, procedure: Procedure, calendar: Calendar
) -> Iterator[tuple[int, Course]]:
    """Every story, with its place among them. Stories that begin with the very same acts are run once as far as they do.

    They come in no order of theirs: those that share a beginning one after the other, so that no more is held than the
    way to one of them. Whoever goes on with the file of a course makes a copy.
    """
    yield from _run_from(way, Course(CaseFile(procedure, calendar=calendar)), stories, range(len(stories)))


def _run_from(
    way: Way, so_far: Course, stories: Sequence[Sequence[Act]], places: Iterable[int]
) -> Iterator[tuple[int, Course]]:
    """The stories at these places, all of which begin with what was run so far."""
    depth = len(so_far.passages)
    going_on: dict[int, list[int]] = {}
    for place in places:
        if len(stories[place]) == depth:
            yield place, so_far
        else:
            going_on.setdefault(id(stories[place][depth]), []).append(place)
    for alike in going_on.values():
        file, passage = way(so_far.file, stories[alike[0]][depth])
        yield from _run_from(way, Course(file, (*so_far.passages, passage)), stories, alike)


def as_command(file: CaseFile, line: Act) -> tuple[CaseFile, Passage]:
    """The line asked for as a command; a line of nobody is what the house records, which is not asked for."""
    act = _pointed(file, line)
    if act.by is None:
        after = file.copy()
        after.apply(replace(act, number=file.number + 1))
        return after, Passage(act)
    decision = decide(file, command_of(act), now=act.noted)
    if isinstance(decision, Barred):
        return file, Passage(act, decision.findings, problems=decision.problems, refused=True)
    recorded = tuple(entry for entry in decision.acts if entry is not decision.act)
    return decision.after, Passage(act, decision.findings, recorded)


def as_log(file: CaseFile, line: Act) -> tuple[CaseFile, Passage]:
    """The line as something that has happened; the clock's own lines are made anew and say nothing."""
    act, after = _pointed(file, line), file.copy()
    findings: list[Finding] = []
    own: list[Act] = []
    for _, numbered, judged, settled in replayed(after, [act], ask=after.judge):
        findings += judged + settled
        own.append(numbered)
    added = after.history.acts[len(file.history.acts) :]
    recorded = tuple(entry for entry in added if all(entry is not one for one in own))
    return after, Passage(act, tuple(findings), recorded)


def command_of(act: Act) -> Command:
    """The command by which somebody asks for what the line tells."""
    assert act.by is not None, "a command needs a person"
    return Command(
        step=act.step,
        by=act.by,
        post=act.post,
        behalf=act.behalf,
        units=act.units,
        recorder=act.recorder,
        medium=act.medium,
        at=act.at if act.at != act.noted else None,
        facts=act.facts,
    )


def _pointed(file: CaseFile, act: Act) -> Act:
    """The act with the number of the entry that it points to by the name of its step, where the file has one."""
    entry = act.facts.get(FACT.ENTRY)
    if not isinstance(entry, str) or not entry.startswith(LAST_OF):
        return act
    step = entry.removeprefix(LAST_OF)
    number = next((one.number for one in reversed(file.history.acts) if one.step == step), None)
    return act if number is None else replace(act, facts={**act.facts, FACT.ENTRY: str(number)})
