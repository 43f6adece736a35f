"""退回: who is to decide on an earlier act sends it back, and the step waits to be taken anew before anybody decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kesu.names import StepName
from kesu.procedure.history.act import Act
from kesu.procedure.history.of_a_file import History
from kesu.procedure.history.verdict import What
from kesu.procedure.shapes.abilities import PrecededBy
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.model import Step
from kesu.reading.text import Text

from ..file.case_file import CaseFile
from ..file.circles import ways
from ..file.taking_out import entry_of
from .command import Command
from .on_form import asked_facts


def returnable(file: CaseFile, actor: Act, *, deciding_at: str | None = None) -> list[Act]:
    """The acts that whoever takes `actor`, an act of no step, can send back: those on which it is his to decide next.

    `deciding_at`: those alone on which he decides with this step. What somebody decided is not among them: another post's decision is not sent back, it is decided anew.
    """
    steps = [one for one in file.procedure.steps.values() if deciding_at in (None, one.name)]
    deciding = (step for step in steps if step.word.decides and step.word.own_work)
    found = {
        act.number: act
        for step in deciding
        if _may(file, step.name, actor) and _next(file, step, actor)
        for act in _awaited(file, step)
        if not _taken_since(file.history, step.name, act.number)
    }
    return [found[number] for number in sorted(found)]


def wrong_sending_back(file: CaseFile, command: Command, now: datetime) -> list[Text]:
    """Why an entry is not this person's to send back; without an entry a word is passed on, and nothing has to be done anew."""
    if command.step != STEP.SENT_BACK or command.facts.get(FACT.ENTRY) is None:
        return []
    actor = command.act(number=file.number + 1, now=now)
    mine, number = returnable(file, actor), entry_of(command.facts[FACT.ENTRY])
    if any(act.number == number for act in mine):
        return []
    zh = "、".join(f"第 {act.number} 条“{file.procedure.steps[act.step].title.zh}”" for act in mine)
    en = ", ".join(f"entry {act.number} “{file.procedure.steps[act.step].title.en}”" for act in mine)
    return [
        Text(
            f"第 {number} 条不由你退回：退回的是等你决定的事" + (f"，现在有{zh}" if mine else "，现在没有"),
            f"entry {number} is not yours to send back: that is for what waits for your decision"
            + (f", now {en}" if mine else "; there is nothing now"),
        )
    ]


def sent_back(file: CaseFile, step: str) -> Act | None:
    """The act by which a step was sent back that has not been taken anew since; None where it was not."""
    history = file.history
    acts = history.all(step)
    if not acts or acts[-1].number not in history.spent:
        return None
    returns = history.all(STEP.SENT_BACK)
    return next((one for one in reversed(returns) if _entry(one) == acts[-1].number), None)


def _entry(act: Act) -> int:
    return entry_of(act.facts.get(FACT.ENTRY))


def _awaited(file: CaseFile, step: Step) -> Sequence[Act]:
    """The last act of each step without which this one cannot be taken, but for decisions."""
    rules = file.procedure.able_at(step.name, PrecededBy)
    names = {
        name
        for rule, shape in rules
        if rule.when.holds(file.history, None) is not False
        for name in shape.waits_for(step.name)
    }
    before = (file.history.last(name) for name in names if not file.procedure.steps[name].word.decides)
    return [act for act in before if act is not None and act.by is not None]


def _taken_since(history: History, step: str, number: int) -> bool:
    last = history.last(step)
    return last is not None and last.number > number


def _next(file: CaseFile, step: Step, actor: Act) -> bool:
    """Whether its turn has come: nothing bars it but what its own form asks."""
    untaken = Act(number=file.number + 1, step=step.name, at=actor.at, noted=actor.noted)
    lacks = [finding.outcome.lacks for finding in file.barring(untaken)]
    own = asked_facts(file, step) if lacks else ()
    return all(found and all(one.what is What.FACT and one.name in own for one in found) for found in lacks)


def _may(file: CaseFile, step: StepName, actor: Act) -> bool:
    untaken = Act(number=file.number + 1, step=step, at=actor.at, noted=actor.noted)
    return any(
        all(one.circle.admits(file.history, actor) for one in way.restrictions if one.applies)
        for way in ways(file, untaken)
    )
