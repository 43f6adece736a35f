"""Why a step cannot be taken, in four parts: what, why and by which clause, who can, and what can be done now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from kesu.casework.deciding.decide import Actor
from kesu.casework.deciding.mending import owners
from kesu.casework.file.case_file import CaseFile
from kesu.casework.waiting.takers import Takers
from kesu.names import FactName
from kesu.people.directory import Directory
from kesu.procedure import words
from kesu.procedure.history.verdict import Finding, What
from kesu.procedure.saying.sentence import reason, sentence
from kesu.procedure.shapes.abilities import SaysWho, WantsFacts
from kesu.procedure.words import Part
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import ARRIVAL, COMPLETING
from kesu.procedure.written.rule import Rule
from kesu.reading.text import Text, listed

from .in_words import actors_in_words

NOBODY: Final = Text("", "")
KEPT_BACK: Final = Text("涉及未经同意的内容，不显示", "it tells what was not consented to yet; not shown")


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that can be done now: a step, who can take it, whether the reader himself can, and what for."""

    step: str
    title: Text
    who: Text
    mine: bool
    instead_of: str = ""
    asking: tuple[
        tuple[FactName, Text], ...
    ] = ()  # what its form begins with, where somebody is asked to decide


@dataclass(frozen=True, slots=True)
class Refusal:
    """A finding that bars, for people. `words` are facts that the form itself could still give."""

    rule: str
    what: Text
    why: Text
    sentence: Text
    clauses: tuple[str, ...]
    who: Text
    ways: tuple[Way, ...]
    words: tuple[str, ...]


def refusal(
    finding: Finding,
    *,
    readable: Finding | None,
    step: str,
    takers: Takers,
    directory: Directory,
    person: str,
) -> Refusal:
    """A barring finding on `step`, as this person reads it; `readable` is as much of it as he may have."""
    case, procedure = takers.case, takers.case.procedure
    rule = procedure.by_name[finding.rule]
    title = procedure.steps[step].title
    nobody = finding.outcome.reason is not None and finding.outcome.reason.nobody_may
    persons = rule.shape.about_persons and not nobody
    return Refusal(
        rule=rule.name,
        what=Text(f"现在不能办“{title.zh}”", f"“{title.en}” cannot be taken now"),
        why=reason_in_words(readable, case, directory),
        sentence=Text(sentence(rule, procedure, "zh"), sentence(rule, procedure, "en")),
        clauses=procedure.own_clauses(rule.clauses),
        who=actors_in_words(_who(finding, takers, step), case, directory) if persons else Text("", ""),
        ways=(
            *_ways(finding, rule, takers=takers, directory=directory, person=person),
            *_asking(finding, rule, step, takers=takers, directory=directory, person=person),
        ),
        words=finding.outcome.lacking_facts,
    )


def _who(finding: Finding, takers: Takers, step: str) -> list[Actor]:
    """Who can: where the rule says which posts that comes to, with this amount for instance, those alone."""
    able, posts = takers.of(step), finding.outcome.posts
    return [actor for actor in able if actor.post in posts or actor.behalf in posts] or list(able)


def named(finding: Finding, directory: Directory) -> Finding:
    """A finding of the rule book, which knows persons and units by their ids, with their names."""
    outcome = finding.outcome
    if not outcome.persons and not outcome.units:
        return finding
    persons = tuple(directory.name_of(person) for person in outcome.persons)
    units = tuple(map(directory.unit_title, outcome.units))
    return replace(finding, outcome=outcome._replace(persons=persons, units=units))


def reason_in_words(readable: Finding | None, case: CaseFile, directory: Directory) -> Text:
    """Why a finding is as it is, in both languages, with names; None: what it would tell is kept back from the reader."""
    if readable is None:
        return KEPT_BACK
    finding, zone = named(readable, directory), case.calendar.zone
    return Text(
        reason(finding, case.procedure, "zh", zone=zone), reason(finding, case.procedure, "en", zone=zone)
    )


def _ways(
    finding: Finding, rule: Rule, *, takers: Takers, directory: Directory, person: str
) -> Iterable[Way]:
    wanted = _wanted(finding, rule, takers.case)
    for step in wanted:
        yield _way(step, takers=takers, directory=directory, person=person)
    if rule.force == "reason" and (
        steps := [
            lacking for lacking in finding.outcome.lacking_steps if lacking in takers.case.procedure.steps
        ]
    ):
        way = _way(STEP.NOT_POSSIBLE, takers=takers, directory=directory, person=person)
        yield Way(way.step, way.title, way.who, way.mine, instead_of=steps[0])


def _asking(
    finding: Finding, rule: Rule, step: str, *, takers: Takers, directory: Directory, person: str
) -> Iterable[Way]:
    """Whoever may not settle so much asks the one who may, with the amount; where nobody may, whoever has the file."""
    amounts, case = finding.outcome.amounts, takers.case
    asks = case.procedure.steps.get(STEP.ASKED)
    able = _who(finding, takers, step) or [one for one in takers.actors.present if one.post in owners(case)]
    persons = list(dict.fromkeys(actor.person for actor in able if actor.behalf is None))
    shape = rule.able(SaysWho)
    figure = shape is not None and shape.hangs_on_more() and amounts is not None
    if not figure or asks is None or person in persons or not persons:
        return
    name, title = directory.name_of(persons[0]), case.procedure.steps[step].title
    why = reason_in_words(finding, case, directory)
    begins = (
        (FACT.TO_PERSON, Text(persons[0], persons[0])),
        (FACT.TO_DO, Text(step, step)),
        (
            FACT.QUESTION,
            Text(f"请批“{title.zh}”：{why.zh}。理由：", f"Please decide on “{title.en}”: {why.en}. Reason: "),
        ),
    )
    yield Way(STEP.ASKED, Text(f"报{name}批", f"Ask {name} to decide"), NOBODY, True, asking=begins)


def _wanted(finding: Finding, rule: Rule, case: CaseFile) -> list[str]:
    """The steps that would mend the breach: those that are missing, or that bring the missing facts."""
    procedure, steps = case.procedure, dict[str, None]()
    for lack in finding.outcome.lacks:
        if lack.what is What.STEP and lack.name in procedure.steps:
            steps[lack.name] = None
        elif lack.what is What.FACT:
            steps |= dict.fromkeys(_givers(lack.name, rule, case))
    return list(steps | dict.fromkeys(rule.shape.mended_by()))


def _givers(word: str, rule: Rule, case: CaseFile) -> list[str]:
    procedure, shape = case.procedure, rule.able(WantsFacts)
    if shape is not None and shape.arrival:
        return list(COMPLETING)
    if word == FACT.DID_THE_WORK:
        return []
    givers: list[str] = [
        step.name
        for step in procedure.steps.values()
        if word in step.asks and step.word.part is not Part.CLOCK
    ]
    return [*COMPLETING] if ARRIVAL.intersection(givers) else givers[:2]


def _way(step: str, *, takers: Takers, directory: Directory, person: str) -> Way:
    case, actors = takers.case, takers.of(step)
    its_step = case.procedure.steps.get(step)
    mine = any(actor.person == person for actor in actors)
    anybody = its_step is not None and not its_step.word.own_work
    return Way(
        step,
        its_step.title if its_step else Text(step, step),
        Text("", "") if anybody else actors_in_words(actors, case, directory),
        mine or anybody,
    )


def titles_of_facts(names: Iterable[str]) -> Text:
    """Titles of facts in a row."""
    titles = [words.facts()[name].title for name in names if name in words.facts()]
    return Text(listed([title.zh for title in titles], "zh"), listed([title.en for title in titles], "en"))
