"""What a step of a file lacks before it can be taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kesu.procedure import words
from kesu.procedure.history.act import MISSING
from kesu.procedure.history.verdict import Finding, What
from kesu.procedure.shapes.abilities import WantsFacts
from kesu.procedure.words.parts import COMPLETING, NOT_OURS
from kesu.procedure.written.rule import Rule

from ..deciding.on_form import asked_facts
from ..file.case_file import CaseFile
from .takers import Takers


@dataclass(frozen=True, slots=True)
class Need:
    """What a step lacks first: earlier steps, each with the rule that says so; `held` when nothing that we do mends it."""

    lacks: tuple[tuple[str, str], ...]
    held: bool

    @property
    def ready(self) -> bool:
        """Whether somebody can take the step now."""
        return not self.lacks and not self.held


def need(takers: Takers, step: str) -> Need:
    """What the step lacks in the file as it stands."""
    case, barring, owed = takers.case, takers.barring(step), bool(takers.owed(step))
    lacks = tuple(_things(case, step))
    if not barring:
        return Need(lacks, held=owed)
    own = asked_facts(case, case.procedure.steps[step])
    lacks += tuple((other, finding.rule) for finding in barring for other in _lacking(case, own, finding))
    return Need(
        lacks, held=owed or (not lacks and not all(_on_the_form(finding, own) for finding in barring))
    )


def _things(case: CaseFile, step: str) -> Iterator[tuple[str, str]]:
    """The steps that put a thing on record, where a step is about one and there is none yet: no measure to verify."""
    for word in case.procedure.steps[step].asks:
        thing = words.facts()[word].thing_of
        if thing is not None and not case.history.things(thing):
            askers = case.procedure.askers.get(thing, ())
            yield from ((asker, "") for asker in askers if not case.history.done(asker))


def _lacking(case: CaseFile, own: tuple[str, ...], finding: Finding) -> Iterator[str]:
    """The earlier steps that would settle a finding: those it names, or those whose form asks the fact it lacks."""
    procedure, history = case.procedure, case.history
    for lack in finding.outcome.lacks:
        if lack.what is What.STEP:
            if lack.name in procedure.steps and lack.name not in NOT_OURS:
                yield lack.name
        elif lack.what is What.FACT and _of_the_arrival(procedure.by_name[finding.rule]):
            yield from (other for other in COMPLETING if other in procedure.steps)
        elif lack.what is What.FACT and lack.name not in own and history.value(lack.name) in (MISSING, None):
            yield from (other for other in procedure.askers.get(lack.name, ()) if not history.done(other))


def _of_the_arrival(rule: Rule) -> bool:
    """Whether a rule wants what was to be said on arrival, and may follow."""
    shape = rule.able(WantsFacts)
    return shape is not None and shape.arrival


def _on_the_form(finding: Finding, asks: Sequence[str]) -> bool:
    """Whether the form itself can still settle it: all that it lacks are facts that the form asks."""
    lacks = finding.outcome.lacks
    return bool(lacks) and all(lack.what is What.FACT and lack.name in asks for lack in lacks)
