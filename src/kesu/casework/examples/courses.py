"""A story run through the rules line by line, in either of two ways, so that one sees what becomes of each line.

As commands: each line is asked for as somebody would ask; one that is refused leaves nothing behind, and the story goes
on. As a log: what is told has happened, nothing is refused. Both take the file as it stands and give the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from kesu.procedure.history.act import Act
from kesu.procedure.history.verdict import Finding
from kesu.procedure.words.names import FACT
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text
from kesu.worktime.calendar import Calendar

from ..deciding.command import Command
from ..deciding.decide import Refused, decide
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


def run(way: Way, acts: Iterable[Act], *, procedure: Procedure, calendar: Calendar) -> Course:
    """The whole story in one of the two ways, from an empty file."""
    file, passages = CaseFile(procedure, calendar=calendar), []
    for act in acts:
        file, passage = way(file, act)
        passages.append(passage)
    return Course(file, tuple(passages))


def as_command(file: CaseFile, told: Act) -> tuple[CaseFile, Passage]:
    """The line asked for as a command; a line of nobody is what the house records, which is not asked for."""
    act = _pointed(file, told)
    if act.by is None:
        after = file.copy()
        after.apply(replace(act, number=file.number + 1))
        return after, Passage(act)
    decision = decide(file, command_of(act), now=act.noted)
    if isinstance(decision, Refused):
        return file, Passage(act, decision.findings, problems=decision.problems, refused=True)
    recorded = tuple(entry for entry in decision.acts if entry is not decision.act)
    return decision.after, Passage(act, decision.findings, recorded)


def as_log(file: CaseFile, told: Act) -> tuple[CaseFile, Passage]:
    """The line as something that has happened; the clock's own lines are made anew and say nothing."""
    act, after = _pointed(file, told), file.copy()
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
