"""Every order of steps up to some number of acts: what is stated is what was tried, and it is the same every time."""

from __future__ import annotations

from tests.rulebook.small import written

from kesu.procedure.written.model import Procedure
from kesu.ways.exhaustive import Exhausted, exhausted, steps_that_count
from kesu.ways.people import everybody
from kesu.ways.survey import START
from kesu.worktime.china import china_calendar

LINE = "rule: line\nin order: [investigated, found, consented]"
FOUND_FIRST = "rule: found first\nat: closed\nafter: found"


def tried(procedure: Procedure, *, most: int = 1_000) -> Exhausted:
    return exhausted(
        procedure, calendar=china_calendar(), actors=everybody(procedure), start=START, most=most
    )


def orders(found: Exhausted, *, acts: int) -> set[tuple[str, ...]]:
    return {
        tuple(act.step for act in file.history.acts) for file in found.files if len(file.history.acts) == acts
    }


def test_each_order_that_the_rules_let_pass_is_there_and_none_that_they_refuse() -> None:
    found = tried(written(LINE))
    assert found.depth > 2
    assert ("received", "investigated", "found") in orders(found, acts=3)
    assert not {one for one in orders(found, acts=3) if one[1] == "found"}


def test_the_shortest_history_to_the_end_is_kept() -> None:
    found = tried(written(FOUND_FIRST))
    assert {end: [act.step for act in acts] for end, acts in found.ended.items()} == {
        "closed": ["received", "found", "closed"]
    }


def test_a_step_that_nothing_looks_back_at_is_left_out() -> None:
    counting = set(steps_that_count(written(LINE)))
    assert {"investigated", "found", "consented", "closed"} <= counting
    assert "note" not in counting


def test_its_depth_is_what_its_commands_lasted_for_the_same_every_time() -> None:
    few, more = tried(written(LINE), most=30), tried(written(LINE), most=5_000)
    assert (few.depth, few.histories) == (3, 10)
    assert more.depth > few.depth
    again = tried(written(LINE), most=5_000)
    assert (again.depth, again.histories, again.steps) == (more.depth, more.histories, more.steps)
