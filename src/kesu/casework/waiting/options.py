"""What a person may do next: every step, open with the facts that its form asks, or closed with the findings that bar it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kesu.procedure.history.verdict import Finding
from kesu.procedure.shapes.blank import Blank
from kesu.procedure.words import in_its_words
from kesu.procedure.written.model import Step

from ..deciding.decide import Actor
from ..deciding.on_form import barring_whatever_is_written, blank_form
from ..file.circles import Way
from .takers import Takers, taken_by


@dataclass(frozen=True, slots=True)
class Option:
    """A step as this actor sees it: open with the facts its form asks, or closed with the findings that bar it.

    Closed without a finding is what the software itself keeps from him.
    """

    step: Step
    actor: Actor
    allowed: bool
    findings: tuple[Finding, ...]
    asks: tuple[str, ...]


@in_its_words
def options(takers: Takers, *, actors: Sequence[Actor]) -> list[Option]:
    """For every step that people take, the best that this person's posts allow."""
    case = takers.case
    return [
        option(takers, step, actors=actors)
        for step in case.procedure.steps.values()
        if step.word.by_people and (step.word.may_follow_end or not case.ended) and actors
    ]


@in_its_words
def option(takers: Takers, step: Step, *, actors: Sequence[Actor]) -> Option:
    """How the step stands to the actor, one at least, whom the fewest rules bar; what its form can still settle bars nobody."""
    blank = blank_form(takers.case, step)
    tried = ((actor, way) for actor in actors for way in takers.ways(step.name))
    barred = [(actor, _barring(takers, way, actor, blank)) for actor, way in tried]
    actor, findings = min(barred, key=lambda one: (takers.kept_from(step.name, one[0]), len(one[1])))
    allowed = not findings and not takers.kept_from(step.name, actor)
    return Option(step, actor, allowed, findings, blank.asks)


def _barring(takers: Takers, way: Way, actor: Actor, blank: Blank) -> tuple[Finding, ...]:
    """What bars this actor whatever he writes into the form, in the order of the rules."""
    findings = [*takers.barring(way.act.step), *_about_him(takers, way, actor)]
    place = {rule.name: number for number, rule in enumerate(takers.case.procedure.asked[way.act.step])}
    findings.sort(key=lambda finding: place[finding.rule])
    barring = tuple(finding for finding in findings if finding.bars)
    left = barring_whatever_is_written(takers.case, blank, taken_by(actor, way.act), barring)
    return (*left, *takers.owed(way.act.step))


def _about_him(takers: Takers, way: Way, actor: Actor) -> Iterator[Finding]:
    """What the rules about persons say of him; those that let him for sure need not be asked."""
    case = takers.case
    for one in way.restrictions:
        if not one.circle.settled or not takers.lets(one, actor):
            finding = case.finding(one.rule, taken_by(actor, way.act))
            if finding is not None:
                yield finding
