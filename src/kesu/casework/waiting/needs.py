"""What a step of a file lacks before it can be taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kesu.names import FactName
from kesu.procedure import words
from kesu.procedure.history.act import MISSING
from kesu.procedure.history.verdict import Finding, What
from kesu.procedure.shapes.abilities import WantsFacts
from kesu.procedure.words.parts import COMPLETING
from kesu.procedure.written.rule import Rule

from ..deciding.on_form import asked_facts
from ..file.case_file import CaseFile
from .takers import Takers


@dataclass(frozen=True, slots=True)
class Reminder:
    """A step that a rule wants before another without barring that one, and the posts of which it wants it."""

    step: str
    rule: str
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """What a step lacks first: earlier steps, each with the rule that says so; `held` when nothing that we do mends it.

    `reminders`: what else is wanted before it. Whoever leaves that out breaks a rule, though nothing refuses the step.
    """

    lacks: tuple[tuple[str, str], ...]
    held: bool
    reminders: tuple[Reminder, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether somebody can take the step now."""
        return not self.lacks and not self.held


def need(takers: Takers, step: str) -> Need:
    """What the step lacks in the file as it stands."""
    case, barring, owed = takers.case, takers.barring(step), bool(takers.owed(step))
    lacks = tuple(_things(case, step))
    if not barring:
        return Need(lacks, held=owed, reminders=tuple(_reminders(takers, step)))
    own = asked_facts(case, case.procedure.steps[step])
    lacks += tuple((other, finding.rule) for finding in barring for other in _lacking(case, own, finding))
    held = owed or (not lacks and not all(_on_the_form(finding, own) for finding in barring))
    return Need(lacks, held=held, reminders=() if lacks or held else tuple(_reminders(takers, step)))


def _reminders(takers: Takers, step: str) -> Iterator[Reminder]:
    """The steps that rules which refuse nothing want before this one."""
    steps = takers.case.procedure.steps
    for finding in takers.reminding(step):
        for lack in finding.outcome.lacks:
            if lack.what is What.STEP and lack.name in steps and steps[lack.name].word.ours:
                yield Reminder(lack.name, finding.rule, finding.outcome.posts)


def _things(case: CaseFile, step: str) -> Iterator[tuple[str, str]]:
    """The steps that put a thing on record, where a step is about one and there is none yet: no measure to verify."""
    for word in case.procedure.steps[step].asks:
        thing = words.facts()[word].thing_of
        if thing is not None and not case.history.things(thing):
            askers = case.procedure.askers.get(thing, ())
            yield from ((asker, "") for asker in askers if not case.history.done(asker))


def _lacking(case: CaseFile, own: tuple[str, ...], finding: Finding) -> Iterator[str]:
    """The earlier steps that would settle a finding: those it names, or those whose form asks the fact it lacks."""
    steps = case.procedure.steps
    for lack in finding.outcome.lacks:
        if lack.what is What.STEP:
            yield from (name for name in (lack.name,) if name in steps and steps[name].word.ours)
        elif lack.what is What.FACT:
            yield from _bringing(case, own, finding, lack.name)


def _bringing(case: CaseFile, own: tuple[str, ...], finding: Finding, fact: str) -> Iterator[str]:
    """The earlier steps whose form asks a fact that a finding lacks, or the thing of which it names some."""
    procedure, history = case.procedure, case.history
    thing = _missing_thing(case, fact)
    if thing is not None:
        yield from procedure.askers.get(thing, ())
    elif _of_the_arrival(procedure.by_name[finding.rule]):
        yield from (other for other in COMPLETING if other in procedure.steps)
    elif fact not in own and history.value(fact) in (MISSING, None):
        yield from (other for other in procedure.askers.get(fact, ()) if not history.done(other))


def _missing_thing(case: CaseFile, fact: str) -> FactName | None:
    """What a fact names some of, where none is on record yet: a finding on evidence wants some evidence first."""
    word = words.facts().get(FactName(fact))
    thing = word.among if word is not None else None
    return thing if thing is not None and not case.history.things(thing) else None


def _of_the_arrival(rule: Rule) -> bool:
    """Whether a rule wants what was to be said on arrival, and may follow."""
    shape = rule.able(WantsFacts)
    return shape is not None and shape.arrival


def _on_the_form(finding: Finding, asks: Sequence[str]) -> bool:
    """Whether the form itself can still settle it: all that it lacks are facts that the form asks."""
    lacks = finding.outcome.lacks
    return bool(lacks) and all(lack.what is What.FACT and lack.name in asks for lack in lacks)
