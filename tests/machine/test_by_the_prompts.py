"""Whoever does what the desk asks for, and nothing else, ends with a clean sheet: nothing of the paper was broken on the way.

A file is begun, and then one of the steps that it waits for is taken after the other, each with what its form asks, until
it ends. What was done is judged afterwards as any finished case is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache, partial

import pytest
from tests.machine.places import place
from tests.rulebook.small import when

from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import Accepted, decide
from kesu.casework.file.case_file import CaseFile
from kesu.casework.waiting.needs import need
from kesu.casework.waiting.outstanding import outstanding
from kesu.casework.waiting.takers import Takers
from kesu.forms.fields.making import lacking_facts
from kesu.names import StepName
from kesu.procedure import words
from kesu.procedure.history.act import Value
from kesu.procedure.history.verdict import Verdict
from kesu.procedure.shapes.abilities import WantsAttested
from kesu.procedure.shapes.blank import Blank
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import COMPLETING
from kesu.review.judging import Bench, judge_case
from kesu.ways.house import linked_ended
from kesu.ways.people import two_a_post
from kesu.ways.search import Search
from kesu.worktime.china import china_calendar

CALENDAR = china_calendar()
MOST_STEPS = 120
MINUTE = timedelta(minutes=1)
DRIVEN = (
    "lab-pd-007", "lab-retest", "lab-corrective-action", "lab-preventive-action", "lab-improvement", "lab-enquiry",
    "lab-internal-audit", "lab-additional-audit", "lab-management-review", "lab-service-order", "lab-survey-round",
    "fmcg-emergency", "fmcg-return", "it-help-desk",
)  # fmt: skip


def prompted(case: CaseFile) -> tuple[list[StepName], list[StepName]]:
    """What the desk asks for, in the order in which it usually comes; and apart what was done and comes round again.

    Such a step is asked for again when its time is near, so it is never what a file that waits for another one needs.
    """
    takers = Takers(case, now=case.history.acts[-1].noted)
    waits = [one.step for one in outstanding(case, cache(partial(need, takers)))]
    owed = [step for duty in case.running() for step in duty.steps]
    order = {name: place_ for place_, name in enumerate(words.steps())}
    done = case.history.done
    steps = sorted(dict.fromkeys((*waits, *owed)), key=lambda one: (done(one), order[one]))
    own = [StepName(step) for step in steps if step in case.procedure.steps]
    again = [step for step in own if done(step) and step in owed]
    return [step for step in own if step not in again], again


def driven(procedure: str) -> tuple[CaseFile, list[str]]:
    """The file as it came to its end by the prompts, or to where none of them could be followed; and the steps."""
    here = place(procedure).procedure
    search = Search(here, CALENDAR, two_a_post(here), when("2026-03-02 09:00"), most=10**6)
    case = search.begun()
    assert case is not None
    while not case.ended and case.number < MOST_STEPS:
        steps, again = prompted(case)
        after = _first(search, case, steps)
        after = after or _links_ended(search, case, case.history.acts[-1].noted)
        after = after or _first(search, case, again)
        if after is None:
            break
        case = after
    return case, [act.step for act in case.history.acts]


def _first(search: Search, case: CaseFile, steps: Iterable[StepName]) -> CaseFile | None:
    """The file after the first of the steps that somebody can take."""
    return next((made for step in steps if (made := _after(search, case, step)) is not None), None)


def _after(search: Search, case: CaseFile, step: StepName) -> CaseFile | None:
    """The file after somebody took the step; what is missing of the arrival is completed with all that its form asks."""
    if step not in (*COMPLETING, STEP.ATTESTED):
        return search.after(case, step)
    asked = lacking_facts(case) if step in COMPLETING else case.procedure.steps[step].asks
    blank, now = (
        Blank(tuple(asked), case.history, case.procedure.choices),
        case.history.acts[-1].noted + MINUTE,
    )
    facts = {name: blank.some(name) for name in asked}
    for actor in search.actors if asked else ():
        for conduct, posts in _to_attest(case) if step == STEP.ATTESTED else [({}, ())]:
            command = Command(step, actor.person, actor.post, facts={**facts, **conduct})
            answer = decide(case, command, now=now)
            if isinstance(answer, Accepted) and (not posts or actor.post in posts):
                return answer.after
    return None


def _to_attest(case: CaseFile) -> Iterator[tuple[dict[str, Value], Sequence[str]]]:
    """What is to be attested, as its form has it already, and in which posts."""
    for _, shape in case.procedure.able(WantsAttested):
        if not shape.given(case.history):
            yield {FACT.CONDUCT: shape.conduct}, shape.posts


def _links_ended(search: Search, case: CaseFile, at: datetime) -> CaseFile | None:
    """Where the file waits for another one, that one ends."""
    search.after(case, StepName(case.procedure.ends[0]))
    return next((made for one in search.stuck if (made := linked_ended(case, one, at=at)) is not None), None)


@pytest.mark.parametrize("procedure", DRIVEN)
def test_who_follows_the_prompts_alone_comes_to_the_end_and_nothing_was_broken(procedure: str) -> None:
    case, steps = driven(procedure)
    assert case.ended, steps
    as_of = case.history.acts[-1].at
    bench = Bench(procedure=case.procedure, calendar=CALENDAR, as_of=as_of, in_full=True, complete=True)
    broken = [
        (one.rule, one.number)
        for one in judge_case(case.history.acts, bench=bench).findings
        if one.verdict is Verdict.BROKEN
    ]
    assert broken == []
