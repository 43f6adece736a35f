"""Dead ends, and what one post does alone: told where they are, and not where they are not."""

from __future__ import annotations

from dataclasses import replace

from tests.rulebook.small import written

from kesu.procedure.words import in_its_words
from kesu.procedure.written.library import here
from kesu.procedure.written.model import Procedure
from kesu.ways.by_post import Alone, by_each_post
from kesu.ways.dead_ends import Bench, DeadEnd, Kind, never_ended, never_taken, not_replaced
from kesu.ways.exhaustive import exhausted
from kesu.ways.people import everybody
from kesu.ways.survey import START
from kesu.worktime.china import china_calendar


def bench(procedure: Procedure) -> Bench:
    return Bench(procedure, china_calendar(), START)


@in_its_words
def files_left(procedure: Procedure) -> list[DeadEnd]:
    tried = exhausted(
        procedure, calendar=china_calendar(), actors=everybody(procedure), start=START, most=300
    )
    return list(never_ended(bench(procedure), tried.files))


def test_a_file_that_nobody_ends_is_told_once_by_its_first_steps() -> None:
    shut = written("rule: not after a finding\nat: closed\nonly if: {finding: upheld}")
    assert files_left(shut) == [DeadEnd(Kind.FILE, ("received",), ("not after a finding",))]
    assert files_left(written()) == []


def test_a_file_that_somebody_may_end_by_doing_without_is_no_dead_end() -> None:
    """An open file owes what only an ended one may do, to be opened again upon an appeal: it ends with the reason why not."""
    report = here().load("complaint-report")
    strict = tuple(
        replace(rule, waiver=None) if rule.name == "decision upon an appeal" else rule
        for rule in report.rules
    )
    assert [dead.names for dead in files_left(replace(report, rules=strict))] == [("opened", "appealed")]
    assert files_left(report) == []


def test_a_step_that_nobody_comes_to_is_told_with_what_bars_it() -> None:
    procedure = written(
        "rule: each before the other\nat: consented\nafter: found",
        "rule: the other\nat: found\nafter: consented",
    )
    assert [dead for dead in never_taken(bench(procedure), ()) if dead.kind is Kind.STEP] == [
        DeadEnd(Kind.STEP, ("found",), ("the other",)),
        DeadEnd(Kind.STEP, ("consented",), ("each before the other",)),
    ]
    assert list(never_taken(bench(written()), ())) == []


def test_a_step_for_another_holder_of_the_post_is_no_dead_end() -> None:
    procedure = written(
        "rule: found by the lead\nat: [found, consented]\nby: lead",
        "rule: by another\nat: consented\nby: {not who did: found}",
        "rule: found first\nat: consented\nafter: found",
    )
    assert list(never_taken(bench(procedure), ())) == []


def test_a_post_with_nobody_in_its_place_is_told_and_one_with_a_last_resort_is_not() -> None:
    rules = (
        "rule: named person stays out\nkeep apart: [named]\nfrom: [found]",
        "rule: found by the lead\nat: found\nby: lead",
        "rule: found before the end\nat: closed\nafter: found",
    )
    procedure = written(*rules)
    asking = replace(procedure.steps["named"], asks=("persons", "reason"))
    procedure = replace(procedure, steps={**procedure.steps, "named": asking})
    assert list(not_replaced(bench(procedure))) == []
    nobody = {name: replace(post, last_resort=None) for name, post in procedure.posts.items()}
    assert list(not_replaced(bench(replace(procedure, posts=nobody)))) == [
        DeadEnd(Kind.POST, ("lead",), ("found before the end",))
    ]


def test_each_post_alone_takes_what_it_may_and_ends_what_it_can() -> None:
    procedure = written(
        "rule: found by the lead\nat: found\nby: lead", "rule: found first\nat: closed\nafter: found"
    )
    alone = {one.post: one for one in by_each_post(procedure, calendar=china_calendar(), start=START)}
    assert set(alone) == {"clerk", "lead", "boss"}
    assert ("found" in alone["lead"].takes, "found" in alone["boss"].takes) == (True, False)
    assert (alone["lead"].ends, alone["boss"].ends) == ((("closed", 3),), ())
    assert isinstance(alone["boss"], Alone)
