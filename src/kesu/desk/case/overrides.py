"""Overrides of this case that are not done with: what was asked for, by whom, and what this person can do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kesu.caseload.asking.opened import CaseView
from kesu.casework.deciding.command import Command
from kesu.casework.file.let_pass import ABOUT_IT, Proposal, content, proposals
from kesu.forms.said.values import Said, fact_said
from kesu.names import PersonId, StepName
from kesu.procedure.saying.sentence import sentence
from kesu.procedure.shapes.abilities import KeepsPersonsApart
from kesu.procedure.words.names import FACT
from kesu.reading.text import Text

from ..who.here import Here


@dataclass(frozen=True, slots=True)
class OverrideHere:
    """One of them, in words. `answers`: this person may agree or decline; `takes`: he asked, and another has agreed."""

    number: int
    by: str
    at: datetime
    step: Text
    slug: str
    reason: list[Said]
    rules: list[Text]
    facts: list[Said]
    answers: bool
    takes: bool


def overrides_here(view: CaseView, here: Here) -> list[OverrideHere]:
    """Those that wait for an answer, or that were agreed to and not used yet; none in a file that has ended."""
    if view.case.ended:
        return []
    return [_shown(one, view, here) for one in proposals(view.case.history) if one.waits or one.open]


def taking(view: CaseView, here: Here, number: int) -> Command | None:
    """The step as it was agreed to, for whoever asked; None where there is none for him."""
    found = next((one for one in proposals(view.case.history) if one.act.number == number), None)
    if found is None or not found.open or found.act.by != here.person:
        return None
    return Command(
        step=StepName(found.step),
        by=PersonId(here.person),
        post=found.act.post,
        behalf=found.act.behalf,
        facts={**content(found.act.facts), FACT.OVERRIDE_ENTRY: str(number)},
        passes=found.rules,
    )


def may_ask(view: CaseView, step: str | None) -> bool:
    """Whether this person may ask to let a step pass that is barred for him."""
    posts = view.procedure.overriders
    return (
        step is not None and any(one.post in posts for one in view.actors) and bool(rules_to_pass(view, step))
    )


def rules_to_pass(view: CaseView, step: str) -> list[str]:
    """The rules that bar a step for this person and that two persons can let it pass; none where one cannot be overridden."""
    option = next((one for one in view.options() if one.step.name == step), None)
    barring = option.findings if option is not None else ()
    rules = [view.procedure.by_name[finding.rule] for finding in barring]
    fixed = any(rule.able(KeepsPersonsApart) is not None for rule in rules)
    return [] if fixed else [rule.name for rule in rules]


def _shown(asked: Proposal, view: CaseView, here: Here) -> OverrideHere:
    line = next(line for line in view.timeline() if line.number == asked.act.number)
    step = view.procedure.steps.get(StepName(asked.step))
    rules = [view.procedure.by_name[name] for name in asked.rules if name in view.procedure.by_name]
    mine = asked.act.by == here.person
    may = any(actor.post in view.procedure.overriders for actor in view.actors)
    return OverrideHere(
        number=asked.act.number,
        by=line.by,
        at=asked.act.at,
        step=step.title if step else Text(asked.step, asked.step),
        slug=asked.step.replace(" ", "-"),
        reason=[fact_said(fact, view.directory) for fact in line.facts if fact.word == FACT.OVERRIDE_REASON],
        rules=[
            Text(sentence(rule, view.procedure, "zh"), sentence(rule, view.procedure, "en")) for rule in rules
        ],
        facts=[fact_said(fact, view.directory) for fact in line.facts if fact.word not in ABOUT_IT],
        answers=asked.waits and may and not mine,
        takes=asked.open and mine,
    )
