"""What a refused step lacks, as steps that would bring it: those that a rule names, or whose form asks what it wants to know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kesu.casework.deciding.on_form import asked_facts
from kesu.casework.file.case_file import CaseFile
from kesu.names import StepName
from kesu.procedure import words
from kesu.procedure.history.verdict import Finding, Lack, What


@dataclass(frozen=True, slots=True)
class Sought:
    """A step that is to be taken, for the sake of something: facts that it puts on record, or one thing."""

    step: StepName
    brings: tuple[str, ...] = ()
    thing: str | None = None


def things_wanted(case: CaseFile, goal: StepName) -> Iterator[Sought]:
    """The steps that put a thing on record of which the form of the goal names one, where there is none yet."""
    for word in asked_facts(case, case.procedure.steps[goal]):
        thing = words.facts()[word].names_of
        if thing is not None and not case.history.things(thing):
            for step in case.procedure.askers.get(thing, ()):
                if step != goal:
                    yield Sought(StepName(step), brings=(thing,))


def lacking(
    case: CaseFile, finding: Finding, goal: StepName, wanted: Sequence[str]
) -> Iterator[tuple[Lack, Sought]]:
    """What would settle a finding: the steps that it names, or those whose form asks the fact that it lacks.

    Such a step brings all that it asks of what is wanted.
    """
    procedure = case.procedure
    for lack in finding.outcome.lacks:
        if lack.what is What.STEP and lack.name in procedure.steps:
            yield lack, Sought(StepName(lack.name), thing=lack.thing)
        elif lack.what is What.FACT:
            askers = procedure.askers.get(lack.name, ())
            for step in askers:
                if step != goal:
                    brings = tuple(name for name in wanted if name in procedure.steps[step].asks)
                    yield lack, Sought(StepName(step), brings)
    if not finding.outcome.lacks:
        yield from _looked_back_at(case, finding, goal)


def _looked_back_at(case: CaseFile, finding: Finding, goal: StepName) -> Iterator[tuple[Lack, Sought]]:
    """Where a rule does not say what it lacks (who did an earlier step may): the earlier steps that nobody has taken yet."""
    for step in sorted(case.procedure.by_name[finding.rule].shape.speaks_of().steps):
        if step != goal and step in case.procedure.steps and not case.history.done(step):
            yield Lack(What.STEP, step), Sought(StepName(step))
