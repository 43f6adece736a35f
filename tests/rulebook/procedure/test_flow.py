"""The flow of a procedure is made from its rules: every step once, each after what it waits for, with who, by when and where."""

from __future__ import annotations

import pytest

from kesu.procedure.saying.flow import FlowPart, FlowStep, flow
from kesu.procedure.written.library import here


def boxes(parts: tuple[FlowPart, ...]) -> dict[str, FlowStep]:
    return {box.name: box for part in parts for row in part.rows for box in row}


@pytest.mark.parametrize(
    "name", ["lab-pd-007", "fmcg-emergency", "iso-17025-7-9", "eight-d", "three-working-days"]
)
def test_every_step_of_its_own_is_drawn_once_with_numbers_without_gaps(name: str) -> None:
    procedure = here().load(name)
    drawn = [box for part in flow(procedure) for row in part.rows for box in row]
    assert sorted(box.number for box in drawn) == list(range(1, len(drawn) + 1))
    assert {box.name for box in drawn} >= {one.name for one in procedure.steps.values() if one.word.own_work}


@pytest.mark.parametrize(
    "name", ["lab-pd-007", "fmcg-emergency", "iso-17025-7-9", "eight-d", "three-working-days"]
)
def test_no_step_stands_before_one_that_it_always_waits_for(name: str) -> None:
    for part in flow(here().load(name)):
        rows = [{box.number for box in row} for row in part.rows]
        for place, row in enumerate(part.rows):
            later = set().union(*rows[place:])
            assert [box.title.en for box in row if later & set(box.after)] == []
            assert [box.title.en for box in row if any(one >= box.number for one in box.after)] == []


def test_a_step_says_who_takes_it_after_what_by_when_and_what_it_opens() -> None:
    found = boxes(flow(here().load("lab-pd-007")))
    consented, retest = found["consented"], found["retest decided"]
    assert [who.en for who in consented.perhaps] == ["General manager"]
    assert consented.after == (found["handling report made"].number,)
    assert [who.en for who in retest.who] == ["Technical manager"]
    assert [opened.en for opened in retest.opens] == ["Retest"]
    assert found["closed"].ends
    assert not consented.ends
    [(limit, clauses)] = found["handed to quality manager"].limits
    assert limit.en.startswith("Within ")
    assert clauses == ("A03-4.2.1.1d",)


def test_a_branch_says_in_which_cases_it_exists_and_a_choice_of_what_is_enough() -> None:
    found = boxes(flow(here().load("lab-pd-007")))
    [(only, _)] = found["not accepted"].branches
    assert "only if" in only.en
    told = {found[name].number for name in ("result notified", "settled", "suggestion answered")}
    assert [set(one) for one in found["end notice given"].one_of] == [told]


def test_what_only_sometimes_comes_first_is_said_apart() -> None:
    accepted = boxes(flow(here().load("lab-pd-007")))["accepted"]
    assert len(accepted.after) == 1
    assert len(accepted.sometimes) == 1
    assert not set(accepted.after) & set(accepted.sometimes)
