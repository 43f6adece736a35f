"""Who may take a step has one answer: rows, buttons, refusals, what a case waits for, and the rules themselves give the same.

Histories are cut from the stories of real procedures, with other persons taking parts of them, late namings, strikes and
joint acts half given; the office is one person a post, one who holds two, one who stands in.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.machine.places import NOBODY_IN_PARTICULAR, Place, place
from tests.rulebook.small import when

from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import Accepted, Actor, Barred, clock_acts, decide
from kesu.casework.deciding.naming import wrong_naming
from kesu.casework.deciding.on_form import asked_facts
from kesu.casework.file.case_file import CaseFile
from kesu.casework.file.naming import waiting
from kesu.casework.file.roles_in_file import apart
from kesu.casework.waiting.memory import Memory
from kesu.casework.waiting.options import option
from kesu.casework.waiting.takers import OPEN_TO_ALL, Actors, Takers, left_out, lying_with
from kesu.procedure import words
from kesu.procedure.history.act import Act, Value
from kesu.procedure.history.verdict import Finding, Verdict
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import ARRIVAL
from kesu.procedure.written.model import Step
from kesu.worktime.china import china_calendar

PLACES = ("lab-pd-007", "fmcg-emergency", "fmcg-return", "lab-answer-hours", "it-help-desk", "lab-retest")
FILES = 20 if os.environ.get("CI") == "true" else 4
NOW = when("2026-03-02 09:00")


class Office:
    """A place with its people, and one file that came some way there."""

    def __init__(self, here: Place, data: st.DataObject) -> None:
        self.here, self.data = here, data
        self.case = CaseFile(here.procedure, calendar=china_calendar())
        self.memory = Memory()
        self.present = tuple(self._present())

    def _present(self) -> Iterator[Actor]:
        inside = [post.name for post in self.here.procedure.posts.values() if not post.external]
        for post in inside:
            yield self._actor(self.here.holders[post], post)
        several, stand_in = NOBODY_IN_PARTICULAR
        posts = st.sampled_from(inside)
        for post in self.data.draw(st.lists(posts, max_size=2, unique=True)):
            yield self._actor(several, post)
        place_ = self.data.draw(posts)
        yield self._actor(stand_in, place_, self.here.holders[place_])

    def _actor(self, person: str, post: str, behalf: str | None = None) -> Actor:
        return Actor(person, post, behalf, self.here.units.get(person, ()))

    def come_some_way(self) -> None:
        """Lines of a story one after the other, whether the rules like them or not; each told to the memory as rows are."""
        story = self.here.stories[self.data.draw(st.sampled_from(sorted(self.here.stories)))]
        for line in story[: self.data.draw(st.integers(1, len(story)))]:
            another = self.data.draw(st.sampled_from([None, None, None, *self.present]))
            if line.by is not None and another is not None:
                line = replace(
                    line, by=another.person, post=another.post, behalf=another.behalf, units=another.units
                )
            self.apply(line)
        for step, facts in self.data.draw(st.lists(self._turn(), max_size=3)):
            person, post = self.here.owner
            self.apply(Act(0, step, NOW, NOW, by=person, post=post, facts=facts))

    def _turn(self) -> st.SearchStrategy[tuple[str, dict[str, object]]]:
        """Somebody is named who has to stay out, or an entry is struck."""
        person = st.sampled_from(self.here.persons)
        return st.one_of(
            st.tuples(
                st.just("named"), st.builds(lambda one: {"persons": [one], "reason": "so it is said"}, person)
            ),
            st.tuples(st.just("struck"), st.builds(lambda one: {"entry": str(one)}, st.integers(2, 9))),
        )

    def apply(self, line: Act) -> None:
        acts = self.case.history.acts
        at = max(line.at, acts[-1].noted + timedelta(minutes=1)) if acts else line.at
        self.case.apply(replace(line, number=self.case.number + 1, at=at, noted=at))
        self.memory.catch_up(self.case)
        for step in self.data.draw(st.lists(st.sampled_from(sorted(self.here.procedure.steps)), max_size=4)):
            self.memory.addressees(self.case, step)

    def takers(self) -> Takers:
        """As a page asks: with what time owes by now."""
        standing = self.case.copy()
        now = standing.history.acts[-1].noted
        clock_acts(standing, now)
        return Takers(standing, now=now, actors=Actors(self.present))


def barred_by_persons(case: CaseFile, found: list[Finding]) -> bool:
    """Whether a rule about persons is among what bars, for the person and not for want of facts."""
    about = {
        rule.name
        for step in (case.ready(one) for one in case.procedure.steps)
        if step
        for rule in step.persons
    }
    return any(one.bars and one.rule in about and one.verdict is Verdict.BROKEN for one in found)


def sent_by(actor: Actor, step: str, facts: Mapping[str, Value]) -> Command:
    """The command of a step as this person sends it."""
    return Command(
        step=step, by=actor.person, post=actor.post, behalf=actor.behalf, units=actor.units, facts=facts
    )


def judged(takers: Takers, step: str, actor: Actor) -> bool:
    """What the rules themselves say of the act, all of them asked: whether none about persons bars it, in one way at least."""
    case = takers.case
    acts = [
        sent_by(actor, step, way.act.facts).act(number=case.number + 1, now=way.act.noted)
        for way in takers.ways(step)
    ]
    return any(not barred_by_persons(case, case.judge(act)) for act in acts)


def confirming(case: CaseFile, step: str, actor: Actor) -> list[Command]:
    """At the confirmation of a naming, one command for each naming that waits."""
    named = waiting(case.history) if step == STEP.NAMING_CONFIRMED else []
    return [sent_by(actor, step, {FACT.ENTRY: str(one.number)}) for one in named]


def kept_by_software(case: CaseFile, step: str, actor: Actor) -> bool:
    """Whether the software lets him confirm none of the namings that wait, which no rule of a paper has to say."""
    commands = confirming(case, step, actor)
    return bool(commands) and all(wrong_naming(case, one) for one in commands)


def lies_with(office: Office, step: str, person: str) -> bool:
    """Whether the rows bring a step to a person: by a post that he acts in, or by his name."""
    addressees = [office.memory.addressees(office.case, step)]
    mine = {actor.post for actor in office.present if actor.person == person}
    by_post = any(post in mine for post, _ in lying_with(addressees)) and person not in left_out(addressees)
    return by_post or ("", person) in lying_with(addressees)


def shown_to(case: CaseFile, actor: Actor) -> bool:
    out = apart(case)
    return actor.person not in out.persons and out.units.isdisjoint(actor.units)


@pytest.mark.parametrize("procedure", PLACES)
@settings(
    max_examples=FILES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[Phase.generate],
)
@given(data=st.data())
def test_rows_buttons_refusals_and_rules_give_one_answer(procedure: str, data: st.DataObject) -> None:
    office = Office(place(procedure), data)
    office.come_some_way()
    takers = office.takers()
    for step in office.here.procedure.steps.values():
        if step.word.by_people:
            able = {actor for actor in office.present if takers.may(step.name, actor)}
            let = {actor for actor in office.present if judged(takers, step.name, actor)}
            kept = {actor for actor in let if kept_by_software(takers.case, step.name, actor)}
            assert let - kept == able, step.name
            assert set(takers.of(step.name)) == able, step.name
            for actor in office.present:
                button_agrees(takers, step, actor, may=actor in able)
                command_agrees(office.case, step, actor, may=actor in able)
            rows_agree(office, step, able)


def form_decides(case: CaseFile, step: str) -> bool:
    """Whether what is written into the form bears on who may: then the button asks what could be written."""
    ready, known = case.ready(step), words.facts()
    asks = asked_facts(case, case.procedure.steps[step])
    written = {name for word in asks for name in (word, known[word].thing_of) if name is not None}
    reads = (case.procedure.reads[rule.name] for rule in (ready.persons if ready else ()))
    return any(not facts.isdisjoint(written) for facts in reads)


def button_agrees(takers: Takers, step: Step, actor: Actor, *, may: bool) -> None:
    """A button is shut for the person exactly where he may not; what else shuts it is said of the file."""
    if form_decides(takers.case, step.name):
        return  # tests/rulebook/procedure/test_contract_of_shapes.py fills it in
    shown = option(takers, step, actors=[actor])
    barred = barred_by_persons(takers.case, list(shown.findings))
    assert (barred or kept_by_software(takers.case, step.name, actor)) is not may, (step.name, actor)
    lacking = [one for one in shown.findings if not barred_by_persons(takers.case, [one])]
    assert shown.allowed is (may and not lacking)


def command_agrees(case: CaseFile, step: Step, actor: Actor, *, may: bool) -> None:
    """A command with nothing filled in is refused by a rule about persons exactly where he may not.

    A naming that waits is confirmed by name: each is refused to whoever may not, and one at least is not refused to others.
    """
    answers = [
        decide(case, one, now=case.history.acts[-1].noted) for one in confirming(case, step.name, actor)
    ]
    if answers:
        assert any(isinstance(one, Accepted) for one in answers) is may, (step.name, actor)
        return
    command = Command(
        step=step.name, by=actor.person, post=actor.post, behalf=actor.behalf, units=actor.units
    )
    answer = decide(case, command, now=case.history.acts[-1].noted)
    parted = step.name in case.procedure.led_by_thing  # the form has to say which one it is about
    if not (isinstance(answer, Barred) and answer.problems) and step.name not in ARRIVAL and not parted:
        refused = isinstance(answer, Barred) and barred_by_persons(case, list(answer.findings))
        assert refused is not may, (step.name, actor)


def rows_agree(office: Office, step: Step, able: set[Actor]) -> None:
    """Rows bring a step to exactly those who may; a joint act to those of them whose part is lacking."""
    if not able or lying_with([office.memory.addressees(office.case, step.name)]) == OPEN_TO_ALL:
        return
    resorts = office.here.procedure.resorts
    joint, given = office.here.procedure.joint.get(step.name), office.case.history.all(step.name)
    lacking = joint.lacking(given) if joint is not None else []
    for person in {actor.person for actor in office.present if shown_to(office.case, actor)}:
        if any(actor.post in resorts for actor in office.present if actor.person == person):
            continue  # rows bring what others owe to a last resort where it is called upon, which people know and not the file
        mine = {actor.post for actor in able if actor.person == person}
        if joint is not None and lacking:
            mine &= set() if person in joint.givers(given) else {*(lacking[:1] if joint.ordered else lacking)}
        assert lies_with(office, step.name, person) is bool(mine), (step.name, person)
