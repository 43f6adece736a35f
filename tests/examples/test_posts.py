"""Every step of every procedure belongs to somebody: asked step by step, of every post, of nobody and of a reader."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest

from kesu.casework.deciding.decide import Actor
from kesu.casework.examples.trying import exemplified
from kesu.casework.file.case_file import CaseFile
from kesu.casework.waiting.takers import Takers
from kesu.names import PersonId, PostName, StepName
from kesu.procedure.history.act import Act
from kesu.procedure.shapes.abilities import SaysWho
from kesu.procedure.shapes.by import By
from kesu.procedure.words import spoken
from kesu.procedure.words.parts import ARRIVAL
from kesu.procedure.written.library import here
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.taking import untaken
from kesu.worktime.china import china_calendar

NAMES = [name for name in here().names() if here().load(name).kind]
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@cache
def told(name: str) -> Procedure:
    """A procedure as its examples set it."""
    return exemplified(here(), name)[0]


def written_open(procedure: Procedure) -> set[StepName]:
    """The steps of which the procedure says that everybody takes them."""
    return {
        step
        for _, shape in procedure.able(SaysWho)
        if getattr(shape, "everybody", False)
        for step in shape.steps
    }


def closed_to(procedure: Procedure, post: PostName | None) -> set[str]:
    """The steps of an empty file that are refused to somebody in this post for who he is, or because nobody can tell yet."""
    case = CaseFile(procedure, calendar=china_calendar())
    who = [rule for rule, _ in procedure.able(SaysWho)]
    found = set()
    with spoken(procedure.words):
        for step in procedure.steps:
            act = Act(number=1, step=StepName(step), at=NOW, noted=NOW, by=PersonId("somebody"), post=post)
            if case.refusing(act, [rule for rule in procedure.asked[step] if rule in who]):
                found.add(step)
    return found


def by_persons(procedure: Procedure) -> set[StepName]:
    """The steps that are for whoever did something before, or for whom the act itself names."""
    return {
        step
        for _, shape in procedure.able(SaysWho)
        if isinstance(shape, By) and (shape.naming or shape.doers)
        for step in shape.steps
    }


def may_some(procedure: Procedure) -> set[str]:
    """The steps that some post may take, or everybody, as far as an empty file tells."""
    takers = Takers(CaseFile(procedure, calendar=china_calendar()), now=NOW)
    actors = [Actor(PersonId("somebody"), post) for post in (None, *procedure.posts)]
    with spoken(procedure.words):
        return {step for step in procedure.steps if any(takers.may(step, actor) for actor in actors)}


@pytest.mark.parametrize("name", NAMES)
def test_no_step_is_open_unless_it_is_written_that_everybody_takes_it(name: str) -> None:
    procedure = told(name)
    assert [fault.text.en for fault in untaken(procedure)] == []
    by_people = {step.name for step in procedure.steps.values() if step.word.by_people}
    assert by_people - closed_to(procedure, None) == written_open(procedure) & by_people


@pytest.mark.parametrize("name", NAMES)
def test_a_post_that_the_procedure_does_not_know_takes_nothing_that_is_kept_for_a_post(name: str) -> None:
    procedure = told(name)
    stranger = PostName("a post of another procedure")
    assert closed_to(procedure, stranger) == closed_to(procedure, None)


@pytest.mark.parametrize("name", NAMES)
def test_every_step_has_somebody_who_may_take_it(name: str) -> None:
    procedure = told(name)
    assert set(procedure.steps) - may_some(procedure) <= by_persons(procedure)


@pytest.mark.parametrize("name", NAMES)
def test_what_arrives_is_taken_in_by_everybody(name: str) -> None:
    procedure = told(name)
    assert ARRIVAL.intersection(procedure.steps) <= written_open(procedure)
