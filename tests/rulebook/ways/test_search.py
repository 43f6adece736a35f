"""The least with which a file comes to its end: found by refusals alone, the same each time, and every act of it accepted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests.rulebook.small import written

from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import Accepted, decide
from kesu.casework.examples.trying import exemplified
from kesu.casework.file.case_file import CaseFile
from kesu.names import StepName
from kesu.procedure.history.act import Value
from kesu.procedure.written.library import here
from kesu.procedure.written.model import Procedure
from kesu.ways.account import Standing, account
from kesu.ways.people import alone, everybody, holders_of
from kesu.ways.search import MOST_TRIES, Search, Way, shortest
from kesu.worktime.china import china_calendar

CALENDAR = china_calendar()
START = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
PROCEDURES = [name for name in here().names() if here().load(name).ends]


def way(
    procedure: Procedure, goal: str = "closed", *, who: str = "", branch: Mapping[str, Value] | None = None
) -> Way:
    actors = {"": everybody, "one": alone}[who](procedure)
    return shortest(procedure, StepName(goal), calendar=CALENDAR, actors=actors, start=START, branch=branch)


def steps(found: Way) -> list[tuple[str, str | None]]:
    return [(act.step, act.post) for act in found.acts]


def test_where_nothing_is_asked_the_end_follows_the_beginning() -> None:
    assert steps(way(written())) == [("received", "clerk"), ("closed", "clerk")]


def test_what_a_refusal_lacks_is_done_first_by_whoever_may() -> None:
    procedure = written(
        "rule: looked into\nat: closed\nafter: found",
        "rule: by the lead\nat: found\nby: lead",
        "rule: before\nat: found\nafter: investigated",
    )
    assert steps(way(procedure)) == [
        ("received", "clerk"),
        ("investigated", "clerk"),
        ("found", "lead"),
        ("closed", "clerk"),
    ]


def test_the_line_of_the_paper_is_found_step_by_step() -> None:
    line = "rule: line\nin order: [investigated, found, consented, result notified, closed]"
    assert [step for step, _ in steps(way(written(line)))] == [
        "received", "investigated", "found", "consented", "result notified", "closed",
    ]  # fmt: skip


def test_what_several_take_together_is_taken_by_each_and_by_nobody_alone() -> None:
    procedure = written(
        "rule: together\nat: data checked\ntogether: [lead, boss]",
        "rule: checked\nbefore: closed\nmust have: data checked",
    )
    assert steps(way(procedure))[1:3] == [("data checked", "lead"), ("data checked", "boss")]
    by_one = way(procedure, who="one")
    assert not by_one.reached
    assert [finding.rule for finding in by_one.stuck] == ["checked"]


def test_a_fact_that_an_end_hangs_on_is_given_its_first_value_that_lets_it_pass() -> None:
    found = way(exemplified(here(), "lab-visit")[0], "visit declined")
    assert (found.reached, dict(found.branch)) == (True, {"client secrets safe": "no"})
    assert [step for step, _ in steps(found)] == ["received", "secrecy checked", "visit declined"]


def test_where_no_form_asks_the_fact_it_is_said_what_stands_in_the_way() -> None:
    found = way(written("rule: only so\nat: closed\nonly if: {finding: no responsibility}"))
    assert (found.reached, [finding.rule for finding in found.stuck]) == (False, ["only so"])


def test_a_form_that_asks_for_a_file_is_filled_in_with_one() -> None:
    found = way(written("rule: with its proof\nat: closed\nrecord: [evidence files]"))
    assert (found.reached, [file["name"] for file in found.acts[-1].facts["evidence files"]]) == (
        True,
        ["1.txt"],
    )


def test_a_branch_is_written_wherever_a_form_asks_the_fact() -> None:
    procedure = exemplified(here(), "lab-pd-007")[0]
    found = way(
        procedure, branch={"finding": "no responsibility", "data validity": "no", "touches duties": "no"}
    )
    assert found.reached
    assert [act.facts["finding"] for act in found.acts if act.step == "found"] == ["no responsibility"]
    done = [act.step for act in found.acts]
    assert "settled" in done
    assert "handling report made" not in done


def test_one_post_alone_says_what_it_cannot_pass() -> None:
    procedure = exemplified(here(), "lab-pd-007")[0]
    actors = holders_of(procedure, ["customer service specialist"])
    found = shortest(procedure, StepName("closed"), calendar=CALENDAR, actors=actors, start=START)
    assert not found.reached
    with pytest.raises(KeyError):
        holders_of(procedure, ["nobody"])


@pytest.mark.parametrize("name", PROCEDURES)
def test_every_way_is_found_again_and_each_of_its_acts_is_accepted(name: str) -> None:
    procedure = exemplified(here(), name)[0]
    for goal in procedure.ends:
        found = way(procedure, goal)
        assert found == way(procedure, goal)
        if found.reached:
            assert found.acts[-1].step == goal
            _accepted(procedure, found)


def _accepted(procedure: Procedure, found: Way) -> None:
    file = CaseFile(procedure, calendar=CALENDAR)
    for act in found.acts:
        if act.number <= file.number:
            continue  # it followed from the act before
        if act.by is None:
            file.apply(act)
            continue
        command = Command(act.step, act.by, act.post, facts=dict(act.facts))
        decided = decide(file, command, now=act.noted)
        assert isinstance(decided, Accepted), (act.step, decided)
        file = decided.after


def test_the_laboratory_closes_no_upheld_complaint_without_what_the_paper_asks() -> None:
    procedure = exemplified(here(), "lab-pd-007")[0]
    found = way(procedure, branch={"finding": "upheld", "loss": "yes"})
    said = account(procedure, found, calendar=CALENDAR)
    chief = [f"A03-4.2.3.5{part}" for part in "abcdef"] + [f"A03-4.2.2.1{part}" for part in "cefgijk"]
    assert {clause: said.clauses[clause] for clause in chief} == dict.fromkeys(chief, Standing.DONE)


def test_a_search_stops_at_its_bound_and_says_so() -> None:
    procedure = exemplified(here(), "lab-pd-007")[0]
    search = Search(procedure, CALENDAR, everybody(procedure), START, tries=MOST_TRIES - 5)
    found = search.way_to(StepName("closed"))
    assert (found.reached, found.given_up) == (False, True)
    assert search.tries < MOST_TRIES + 50


def test_a_fact_that_is_lacking_is_written_at_the_step_that_is_taken_for_it() -> None:
    found = way(exemplified(here(), "independent-evaluation")[0])
    assert [(act.step, dict(act.facts)) for act in found.acts][1] == ("registered", {"units": ["a text"]})
    assert [step for step, _ in steps(found)] == [
        "received",
        "registered",
        "accepted",
        "contacted",
        "team appointed",
        "departments consulted",
        "evidence added",
        "investigated",
        "solution drawn up",
        "handled",
        "result notified",
        "evaluated",
        "closed",
    ]


def test_what_does_not_help_is_not_done_for_ever() -> None:
    procedure = written(
        "rule: no end\nat: closed\nonly if: {finding: partly upheld}", "rule: seen\nat: closed\nafter: found"
    )
    assert way(procedure).reached is False


def test_a_file_that_no_person_begins_is_begun_by_the_house() -> None:
    found = way(exemplified(here(), "fmcg-batch-watch")[0], "watch closed")
    assert steps(found) == [("counted", None), ("watch closed", "customer service lead")]
