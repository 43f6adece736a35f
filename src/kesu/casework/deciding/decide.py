"""A command against a file: accepted, with the acts to append, or refused, with every rule that bars it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from kesu.names import PersonId, PostName
from kesu.procedure.history.act import Act, Value
from kesu.procedure.history.verdict import Finding
from kesu.procedure.shapes.abilities import OpensFiles
from kesu.procedure.words import in_its_words
from kesu.procedure.words.parts import ARRIVAL
from kesu.procedure.written.rule import Rule
from kesu.reading.text import Text

from ..file.case_file import CaseFile
from ..file.promoting import PROMOTED
from .admissible import wrong_command
from .clock import next_of_clock
from .command import Command
from .drawing import with_what_is_drawn
from .overriding import as_let_pass

PAPER = (
    "signed paper",
    "phone",
    "face to face",
    "WeChat",
)  # media by which an act noted for another was done
ONLINE = "online"  # the medium of what the complainant does himself


@dataclass(frozen=True, slots=True)
class ChildToOpen:
    """A linked file that the act with number `entry` calls for, with the facts that its first act carries."""

    procedure: str
    rule: str
    entry: int
    facts: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The acts to append in this order: what the clock owed, the act, what rules record; and the findings on them.

    `after` is the file with all of them, the caller's own copy.
    """

    acts: tuple[Act, ...]
    findings: tuple[Finding, ...]
    after: CaseFile = field(compare=False, repr=False)
    children: tuple[ChildToOpen, ...] = ()

    @property
    def act(self) -> Act:
        """The act that was asked for."""
        return next(act for act in self.acts if act.by is not None)


@dataclass(frozen=True, slots=True)
class Barred:
    """Nothing changes. `findings` are the rules that bar, `problems` what is wrong with the command itself."""

    findings: tuple[Finding, ...] = ()
    problems: tuple[Text, ...] = ()


def as_it_is(act: Act) -> Act:
    """The act itself, for whoever does not write it down."""
    return act


def decide(file: CaseFile, command: Command, *, now: datetime) -> Accepted | Barred:
    """What becomes of a command noted at `now`. `file` is not changed."""
    return decide_in_place(file.copy(), command, now=now)


@in_its_words
def decide_in_place(
    trial: CaseFile, command: Command, *, now: datetime, entered: Callable[[Act], Act] = as_it_is
) -> Accepted | Barred:
    """The same for a caller who made a copy already: what is decided is applied to `trial`.

    `entered` gives the act, once it has been judged, as whoever writes it down will read it again.
    """
    owed = clock_acts(trial, now)
    problems = wrong_command(trial, command, now)
    if problems:
        return Barred(problems=tuple(problems))
    act = with_what_is_drawn(trial, command.act(number=trial.number + 1, now=now))
    if act.overridden:
        act = replace(act, facts={**act.facts, **as_let_pass(trial, act)})
    findings = trial.judge(act)
    if any(finding.bars for finding in findings) and act.step not in ARRIVAL:
        return Barred(findings=tuple(finding for finding in findings if finding.bars))
    act = entered(act)
    findings += trial.apply(act)
    followed: list[Act] = []
    for one in trial.following(at=act.at, noted=now):
        findings += trial.apply(one)
        followed.append(one)
    return Accepted((*owed, act, *followed), tuple(findings), trial, children_to_open(trial))


def clock_acts(file: CaseFile, now: datetime) -> list[Act]:
    """What the clock owes the file up to `now`; applies it to `file`, which has to be the caller's own copy."""
    acts: list[Act] = []
    while (act := next_of_clock(file, now)) is not None:
        file.apply(act)
        acts.append(act)
        for one in file.following(at=act.at, noted=now) if act.step == PROMOTED else ():
            file.apply(one)
            acts.append(one)
    return acts


def children_to_open(file: CaseFile) -> tuple[ChildToOpen, ...]:
    """The linked files that are called for as the file stands and that are not open yet."""
    found: list[ChildToOpen] = []
    for rule, shape in file.procedure.able(OpensFiles):
        for act in _opening_acts(file, rule, shape):
            if shape.lacks(file.history, act) and all(
                shape.each or one.procedure != shape.procedure for one in found
            ):
                facts = shape.facts(file.history, act)
                found.append(ChildToOpen(shape.procedure, rule.name, act.number, facts))
    return tuple(found)


def _opening_acts(file: CaseFile, rule: Rule, shape: OpensFiles) -> list[Act]:
    """The acts that call for a file of their own; without `each` the last one, where the rule applies as the file stands."""
    acts = shape.acts(file.history)
    if shape.each:
        return [act for act in acts if rule.when.holds(file.history, act) is True]
    return acts[-1:] if rule.when.holds(file.history, None) is True else []


# -- what a form would make of it -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in one of the posts he can act in now."""

    person: PersonId
    post: PostName | None = None
    behalf: str | None = None
    units: tuple[str, ...] = ()
