"""A timed rule about what a log does not show is cannot tell, whatever half of it is missing; what ran out stays late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.rulebook.small import from_text

from kesu.procedure.saying.sentence import reason
from kesu.review.engine import review
from kesu.review.log import open_log
from kesu.review.mapping_reading import read_mapping
from kesu.worktime.china import china_calendar

Found = list[tuple[str, str, str]]
Reviewed = Callable[..., Found]
PROCEDURE = """
procedure: small
title: {zh: 小程序, en: Small procedure}
edition: "1"
kind: complaint
ends: [closed]
posts: {clerk: {title: {zh: 文员, en: Clerk}}}
steps:
  received: {outside: "yes"}
  accepted: {}
  replied: {outside: "yes"}
  withdrawn: {}
  asked: {}
  answered: {}
  closed: {}
rules:
"""
REPLY = "  - {rule: reply, within: 2 working days, from: received, to: replied}\n"
MAPPING = """
mapping: small-log
times: {zone: Asia/Shanghai, written: iso}
case: number
acts:
  - step: {column: what, values: {in: received, ok: accepted, answer: replied, back: withdrawn, end: closed}}
    at: when
"""
EVERYTHING = ["received", "accepted", "replied", "withdrawn", "asked", "answered", "closed"]


@pytest.fixture
def reviewed(written: Callable[..., object]) -> Reviewed:
    """The findings of a log that shows these steps, as (rule, verdict, why)."""

    def found(
        rows: str,
        *,
        rules: str = REPLY,
        hides: tuple[str, ...] = (),
        facts: str = "",
        as_of: str | None = None,
    ) -> Found:
        procedure = from_text(PROCEDURE + rules)
        steps = ", ".join(step for step in EVERYTHING if step not in hides)
        shows = f"shows: {{steps: [{steps}], facts: [{facts}]}}\n"
        mapping = read_mapping(written("map.yaml", MAPPING + shows), procedure=procedure)  # type: ignore[arg-type]
        log = open_log(written("log.csv", "number,what,when\n" + rows), mapping=mapping)  # type: ignore[arg-type]
        report = review(
            procedure=procedure,
            calendar=china_calendar(),
            log=log,
            kept_too=True,
            as_of=datetime.fromisoformat(as_of + "+08:00") if as_of else None,
        )
        return [
            (one.rule, one.verdict.value, reason(one.finding, procedure, "en")) for one in report.findings
        ]

    return found


RECEIVED = "1,in,2025-03-03T09:00\n"
LONG_AFTER = "2025-06-01T09:00"


@pytest.mark.parametrize("as_of", ["2025-03-03T10:00", LONG_AFTER])
def test_an_answer_that_the_log_does_not_show_is_neither_late_nor_still_owed(
    reviewed: Reviewed, as_of: str
) -> None:
    assert reviewed(RECEIVED, hides=("replied",), as_of=as_of) == [
        ("reply", "cannot tell", "the log does not show “Replied”")
    ]


def test_a_rule_whose_beginning_is_not_shown_is_cannot_tell_once_a_case(reviewed: Reviewed) -> None:
    rows = "1,ok,2025-03-03T09:00\n1,ok,2025-03-04T09:00\n1,answer,2025-03-05T09:00\n"
    assert reviewed(rows, hides=("received",)) == [
        ("reply", "cannot tell", "the log does not show “Complaint received”")
    ]


def test_one_of_several_answers_hidden_leaves_kept_what_was_kept_and_nothing_broken(
    reviewed: Reviewed,
) -> None:
    rules = REPLY.replace("to: replied", "to: [replied, answered]")
    in_time = RECEIVED + "1,answer,2025-03-04T09:00\n"
    assert reviewed(in_time, rules=rules, hides=("answered",)) == [("reply", "kept", "in time")]
    late = RECEIVED + "1,answer,2025-04-04T09:00\n"
    assert reviewed(late, rules=rules, hides=("answered",)) == [
        ("reply", "cannot tell", "the log does not show “Question answered”")
    ]


def test_what_would_have_stopped_the_time_has_to_be_shown_only_where_it_ran_out(reviewed: Reviewed) -> None:
    rules = REPLY.replace("replied}", "replied, until: closed, pauses: {from: asked, to: answered}}")
    assert reviewed(RECEIVED, rules=rules, hides=("closed", "asked"), as_of="2025-03-03T10:00") == [
        ("reply", "open", "“Replied” is still owed, due by 2025-03-05")
    ]
    assert reviewed(RECEIVED, rules=rules, hides=("closed", "asked"), as_of=LONG_AFTER) == [
        ("reply", "cannot tell", "the log does not show “Closed” and “Question asked”")
    ]


def test_a_timed_rule_under_a_condition_that_is_not_shown_is_cannot_tell_too(reviewed: Reviewed) -> None:
    rules = REPLY.replace("}\n", ", when: {grade: major}}\n")
    assert reviewed(RECEIVED, rules=rules, as_of=LONG_AFTER) == [
        ("reply", "cannot tell", "the log does not show grade")
    ]
    assert reviewed(RECEIVED, rules=rules, facts="grade", as_of=LONG_AFTER) == []


LATE = "“Replied” was not done; when it ceased to be owed it was 18 working days late, due by 2025-03-05"


@pytest.mark.parametrize("ending", ["back", "end"])
def test_what_ran_out_before_it_ceased_to_be_owed_stays_late(reviewed: Reviewed, ending: str) -> None:
    rules = REPLY.replace("to: replied", "to: replied, until: [withdrawn, closed]")
    rows = RECEIVED + f"1,{ending},2025-03-31T09:00\n"
    for as_of in ("2025-03-31T09:00", LONG_AFTER):
        assert reviewed(rows, rules=rules, as_of=as_of) == [("reply", "broken", LATE)]
    in_time = RECEIVED + f"1,{ending},2025-03-05T18:00\n"
    assert reviewed(in_time, rules=rules, as_of=LONG_AFTER) == []
