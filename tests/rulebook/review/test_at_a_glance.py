"""A case judged from one number gets the findings that folding it gives, whatever its steps and the rules of the procedure."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rulebook.small import from_text

from kesu.procedure.history.act import EVERYTHING, Act, Shown
from kesu.procedure.history.verdict import Finding, Verdict
from kesu.procedure.written.model import Procedure
from kesu.review.at_a_glance import MORE_THAN_ITS_NAME, Glances
from kesu.review.judging import Bench, judge_case
from kesu.worktime.china import china_calendar

HEAD = """
procedure: glanced
title: {zh: 一眼, en: Glanced}
edition: "1"
kind: complaint
ends: [closed]
posts: {clerk: {title: {zh: 文员, en: Clerk}}, lead: {title: {zh: 组长, en: Lead}}}
steps: {received: {outside: "yes"}, accepted: {}, replied: {}, note: {}, struck: {}, closed: {}, joined: {}, reopened: {}}
rules:
"""
RULES = (
    "{rule: begins, first: received}",
    "{rule: accepted first, at: [replied, closed], after: accepted}",
    "{rule: one of two, at: closed, after: {any of: [accepted, note]}}",
    "{rule: closed once, at: closed, at most: 1}",
    "{rule: noted twice, at: note, at most: 2}",
    "{rule: replied before the end, before: the end, must have: replied}",
    "{rule: noted then replied, after each: note, must follow: replied}",
    "{rule: noted then noted, after each: note, must follow: note}",
    "{rule: by the lead, at: replied, by: lead}",
    "{rule: graded, at: accepted, only if: {grade: major}}",
    "{rule: major is noted, when: {grade: major}, at: closed, after: note}",
    "{rule: never both, at: note, at most: 1}",
)
START = datetime(2025, 3, 3, 9, tzinfo=UTC)
PLAIN = ("received", "accepted", "replied", "note", "closed")
STEPS = (*PLAIN * 6, "struck", "joined", "reopened")
ACTS = st.lists(
    st.tuples(
        st.sampled_from(STEPS),
        st.sampled_from(["clerk", "lead", None]),
        st.sampled_from(["major", "ordinary", None]),
    ),
    max_size=9,
)


def procedure_of(rules: tuple[str, ...]) -> Procedure:
    return from_text(HEAD + "".join(f"  - {rule}\n" for rule in rules) if rules else HEAD + "  []\n")


def acts_of(told: list[tuple[str, str | None, str | None]]) -> list[Act]:
    acts = []
    for number, (step, post, grade) in enumerate(told, start=1):
        at = START + timedelta(hours=number)
        facts = {"entry": "1"} if step == "struck" else {"grade": grade} if grade else {}
        acts.append(Act(number, step, at, at, by="wu" if post else None, post=post, facts=facts))
    return acts


def counted(findings: list[Finding]) -> Counter[tuple[str, str, int, str]]:
    return Counter((one.rule, one.verdict.value, one.number, one.manner) for one in findings)


def check(procedure: Procedure, acts: list[Act], *, complete: bool, shown: Shown = EVERYTHING) -> bool:
    """Whether the glance was enough; what it comes to has to be what the fold says, finding by finding."""
    calendar = china_calendar()
    full = Bench(procedure, calendar, START + timedelta(days=9), shown, complete, in_full=True)
    whole = judge_case(acts, bench=full).findings
    glances = Glances.of(procedure, calendar=calendar, shown=shown)
    assert glances is not None
    glances.judged(
        acts_of([("note", None, None)] * 3), complete=True
    )  # another case before it changes nothing
    seen = glances.judged(acts, complete=complete)
    if seen is None:
        return False
    kept, found = seen
    rules = Counter(rule.name for rules in kept for rule in rules)
    plainly = [one for one in whole if one.verdict is Verdict.KEPT and not one.manner]
    assert rules == Counter(one.rule for one in plainly)
    assert counted(found) == counted([one for one in whole if one not in plainly])
    return True


@settings(max_examples=400, deadline=None)  # how busy the machine is says nothing of the verdict
@given(told=ACTS, rules=st.lists(st.sampled_from(RULES), unique=True), complete=st.booleans())
def test_what_is_seen_at_a_glance_is_what_the_fold_finds(
    told: list[tuple[str, str | None, str | None]], rules: list[str], complete: bool
) -> None:
    enough = check(procedure_of(tuple(rules)), acts_of(told), complete=complete)
    assert enough == MORE_THAN_ITS_NAME.isdisjoint(step for step, _, _ in told)


def test_what_a_log_does_not_show_is_no_breach_here_either() -> None:
    acts = acts_of([("received", None, None), ("closed", None, None)])
    assert check(
        procedure_of(RULES), acts, complete=True, shown=Shown(steps=frozenset({"received", "closed"}))
    )


def test_no_act_at_all_comes_to_nothing() -> None:
    assert check(procedure_of(RULES), [], complete=True)


@pytest.mark.parametrize(
    "rule",
    [
        "{rule: in time, within: 3 calendar days, from: received, to: replied}",
        "{rule: major, follows: {grade: major}, when: {matter: complaint}}",
        "{rule: apart, keep apart: {who did: accepted}, from: closed}",
        "{rule: both, at: closed, together: [clerk, lead]}",
    ],
)
def test_a_case_that_is_more_than_its_acts_is_left_to_the_fold(rule: str) -> None:
    procedure = procedure_of((*RULES, rule))
    assert Glances.of(procedure, calendar=china_calendar(), shown=EVERYTHING) is None


def test_acts_whose_numbers_do_not_tell_their_order_are_left_to_the_fold() -> None:
    acts = acts_of([("note", None, None), ("received", None, None)])
    turned = [replace(acts[0], number=2), replace(acts[1], number=1)]
    assert not check(procedure_of(RULES), turned, complete=False)
    assert not check(
        procedure_of(("{rule: closed once, before: the end, must have: replied}",)), turned, complete=True
    )
    bench = Bench(procedure_of(RULES), china_calendar(), START + timedelta(days=9))
    assert [one.rule for one in judge_case(turned, bench=bench).findings] == ["begins"]
