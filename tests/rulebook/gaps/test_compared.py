"""A procedure against a standard: what holds each rule, what lacks, and a history that comes past it, told by trying."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.rulebook.small import written

from kesu.casework.examples.trying import exemplified
from kesu.gaps.compared import compared
from kesu.gaps.point import Cover, Point, counted
from kesu.gaps.proposal import proposed
from kesu.procedure.written.library import here
from kesu.procedure.written.model import Procedure
from kesu.worktime.china import china_calendar

CALENDAR = china_calendar()
TOLD_BEFORE_THE_END = "rule: told\nclause: [S-1]\nbefore: closed\nmust have: [result notified]"
QUICKLY = "rule: quickly\nclause: [S-2]\nwithin: 2 working days\nfrom: received\nto: acknowledged"


def standard(*rules: str) -> Procedure:
    return replace(written(*rules), id="small")


def point(own: Procedure, *rules: str) -> Point:
    (found,) = compared(own, standard(*rules), calendar=CALENDAR)
    return found


def steps(found: Point) -> list[str]:
    return [act.step for act in found.way.acts] if found.way else []


def test_what_nothing_asks_for_is_lacking_and_a_history_shows_it() -> None:
    found = point(written(), TOLD_BEFORE_THE_END)
    assert (found.cover, found.by, steps(found)) == (Cover.LACKING, (), ["received", "closed"])


def test_what_another_rule_asks_in_its_own_way_is_covered_by_that_rule() -> None:
    own = written("rule: in line\nin order: [investigated, result notified, closed]")
    found = point(own, TOLD_BEFORE_THE_END)
    assert (found.cover, found.by, found.way) == (Cover.COVERED, ("in line",), None)


def test_of_several_rules_that_hold_it_the_nearest_comes_first() -> None:
    own = written(
        "rule: in line\nin order: [investigated, result notified, closed]",
        "rule: told as well\nbefore: closed\nmust have: [result notified]",
    )
    assert point(own, TOLD_BEFORE_THE_END).by[0] == "told as well"


def test_a_rule_that_only_shows_what_is_missing_holds_nothing() -> None:
    own = written("rule: shown\nbefore: closed\nmust have: [result notified]\nforce: show")
    assert point(own, TOLD_BEFORE_THE_END).cover is Cover.LACKING


def test_a_step_that_the_procedure_does_not_have_is_named() -> None:
    own = written()
    without = replace(
        own, steps={name: step for name, step in own.steps.items() if name != "result notified"}
    )
    found = point(without, TOLD_BEFORE_THE_END)
    assert (found.cover, found.steps) == (Cover.LACKING, ("result notified",))


def test_what_has_to_be_on_record_is_covered_where_the_form_cannot_do_without() -> None:
    wanted = "rule: with its cause\nclause: [S-3]\nat: found\nrecord: [cause]"
    own = written("rule: own\nat: found\nrecord: [cause]")
    assert point(own, wanted).by == ("own",)
    assert point(written(), wanted).cover is Cover.LACKING


def test_who_takes_a_step_is_tried_with_somebody_else() -> None:
    wanted = "rule: by the boss\nclause: [S-4]\nat: found\nby: boss"
    assert point(written("rule: own\nat: found\nby: boss"), wanted).cover is Cover.COVERED
    assert point(written("rule: own\nat: found\nby: clerk"), wanted).cover is Cover.LACKING


def test_a_limit_is_covered_by_one_as_short_and_partly_by_a_longer_one() -> None:
    def own(days: int) -> Procedure:
        return written(f"rule: own\nwithin: {days} working days\nfrom: received\nto: acknowledged")

    assert (point(own(2), QUICKLY).cover, point(own(2), QUICKLY).by) == (Cover.COVERED, ("own",))
    assert (point(own(3), QUICKLY).cover, point(own(3), QUICKLY).by) == (Cover.PARTLY, ("own",))
    assert point(written(), QUICKLY).cover is Cover.LACKING


def test_a_rule_that_bars_nothing_is_partly_covered_by_a_like_one() -> None:
    wanted = "rule: kindly\nclause: [S-6]\nattest: warm reception\nby: lead\nbefore: found"
    like = "rule: own\nattest: warm reception\nby: lead\nbefore: closed"
    assert (point(written(like), wanted).cover, point(written(like), wanted).by) == (Cover.PARTLY, ("own",))
    assert point(written(), wanted).cover is Cover.LACKING


@pytest.mark.parametrize(
    "name",
    [
        "department concerned",
        "outcome told",
        "loss settled",
        "corrective action by cause",
        "acknowledgement in time",
    ],
)
def test_without_the_rules_that_hold_it_a_rule_is_no_longer_covered(name: str) -> None:
    own, over = (exemplified(here(), one)[0] for one in ("lab-pd-007", "iso-17025-7-9"))
    alone = replace(over, rules=(over.by_name[name],))
    (held,) = compared(own, alone, calendar=CALENDAR)
    without = replace(own, rules=tuple(rule for rule in own.rules if rule.name not in held.by))
    (found,) = compared(without, alone, calendar=CALENDAR)
    assert (held.cover, found.cover is Cover.COVERED and found.by == held.by) == (Cover.COVERED, False)


def test_a_paper_against_itself_lacks_nothing() -> None:
    for name in ("lab-pd-007", "satisfied-before-closing", "pharma-complaint"):
        own = exemplified(here(), name)[0]
        points = compared(own, own, calendar=CALENDAR)
        assert counted(points) == dict.fromkeys(Cover, 0) | {Cover.COVERED: len(points)}
        assert all(found.rule.name in found.by for found in points)


def test_the_laboratory_holds_every_rule_of_the_standard_that_stands_over_it() -> None:
    own, over = (exemplified(here(), name)[0] for name in ("lab-pd-007", "iso-17025-7-9"))
    assert {found.cover for found in compared(own, over, calendar=CALENDAR)} == {Cover.COVERED}


def test_what_is_proposed_is_the_rule_as_the_standard_writes_it_with_the_steps_that_it_needs() -> None:
    own, over = (exemplified(here(), name)[0] for name in ("classed-and-graded", "iso-17025-7-9"))
    points = [
        found
        for found in compared(own, over, calendar=CALENDAR)
        if found.rule.name in ("relevance before investigation", "department concerned", "outcome told")
    ]
    assert proposed(points, own, over, here()) == (
        "steps:\n"
        "  relevance decided: {by: <answering posts>, asks: [ours, relevance reason]}\n"
        "rules:\n"
        "  - rule: relevance before investigation\n"
        "    clause: [A06-5b, A06-7]\n"
        "    at: investigated\n"
        "    after: relevance decided\n"
        "\n"
        "  - rule: department concerned\n"
        "    clause: [A06-21b]\n"
        "    at: accepted\n"
        "    record: [responsible unit]"
    )
    assert proposed([], own, over, here()) == ""


def test_a_rule_that_a_paper_cites_from_its_base_is_a_point_under_the_clause_cited() -> None:
    own, over = (exemplified(here(), name)[0] for name in ("lab-pd-007", "iso-17020-7-5"))
    (found,) = (
        one for one in compared(own, over, calendar=CALENDAR) if one.rule.name == "decision before it is told"
    )
    assert (found.cover, found.rule.of_paper(over.id)) == (Cover.COVERED, ("ISO17020-7.6.4",))


def test_what_is_proposed_brings_the_words_that_the_paper_does_not_know() -> None:
    own, over = (exemplified(here(), name)[0] for name in ("lab-pd-007", "iso-17065-7-13"))
    points = [
        one for one in compared(own, over, calendar=CALENDAR) if one.rule.name == "follow-up before the end"
    ]
    assert [one.steps for one in points] == [("follow-up taken",)]
    assert proposed(points, own, over, here()).endswith(
        "# words.yaml\nsteps:\n  follow-up taken: {title: {zh: 采取后续措施, en: Follow-up taken}}"
    )


STANDARDS = (
    ("lab-pd-007", "iso-17020-7-5", "decision before it is told"),
    ("appeals-and-complaints", "rbt-214-4-5-8", "looked into before the decision"),
    ("one-investigator", "iso-10002", "circumstances looked into"),
    ("pharma-complaint", "gmp-269-277", "recall with its reasons"),
    ("pharma-complaint", "cfr-211-198", "reply on file"),
    ("eight-d", "iso-9001-10-2", "each measure verified"),
    ("maker-complaint", "iso-9001-10-2", "result told to the customer"),
    ("itss-complaint", "iso-20000-8-3-2", "told to the customer"),
)


@pytest.mark.parametrize(("name", "standard", "rule"), STANDARDS)
def test_a_paper_is_told_what_it_holds_of_the_standard_of_its_trade_and_that_more_is_lacking(
    name: str, standard: str, rule: str
) -> None:
    own, over = (exemplified(here(), one)[0] for one in (name, standard))
    points = {one.rule.name: one for one in compared(own, over, calendar=CALENDAR)}
    assert (points[rule].cover, bool(points[rule].by)) == (Cover.COVERED, True)
    assert any(one.cover is Cover.LACKING for one in points.values())


def test_a_telling_for_the_same_purpose_stands_for_the_one_that_the_standard_names() -> None:
    own = written("rule: own\nbefore: closed\nmust have: [handling report made]")
    report, others = own.steps["handling report made"], {**own.steps}
    del others["result notified"]

    def telling(purpose: str) -> Procedure:
        told = replace(report, audience="complainant", purpose=purpose)
        return replace(own, steps={**others, "handling report made": told})

    found = point(telling("result"), TOLD_BEFORE_THE_END)
    assert (found.cover, found.by, found.rule.name) == (Cover.COVERED, ("own",), "told")
    found = point(telling("receipt"), TOLD_BEFORE_THE_END)
    assert (found.cover, found.steps) == (Cover.LACKING, ("result notified",))
