"""Weighing an act says what judging it says: the glance that spares questions never changes an answer."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rulebook.review.test_repeated import PROCEDURE

from kesu.casework.deciding.replay import replayed
from kesu.casework.examples.trying import exemplified
from kesu.casework.file.case_file import CaseFile
from kesu.procedure.history.act import Act
from kesu.procedure.history.verdict import Finding, Verdict
from kesu.procedure.written.library import Library
from kesu.procedure.written.model import Procedure
from kesu.worktime.china import china_calendar

LIBRARY = Library(Path(__file__).parents[3] / "procedures")
START = datetime(2025, 3, 3, 9, tzinfo=UTC)


def named(rule: str, verdict: Verdict, number: int) -> tuple[str, str, int]:
    return (rule, verdict.value, number)


def of(findings: list[Finding]) -> Counter[tuple[str, str, int]]:
    return Counter(named(one.rule, one.verdict, one.number) for one in findings)


def check(procedure: Procedure, acts: list[Act]) -> None:
    """Asks both ways about each act in turn, and about the end."""
    file = CaseFile(procedure, calendar=china_calendar())

    def both(act: Act) -> None:
        kept, found = file.weigh(act)
        weighed = of(list(found)) + Counter(named(rule.name, Verdict.KEPT, act.number) for rule in kept)
        judged = file.judge(act)
        assert weighed == of(judged)
        assert [*file.barring(act), *file.owed_at(act)] == [
            one for one in judged if one.bars and not procedure.by_name[one.rule].shape.about_persons
        ]

    for _, act, _, _ in replayed(file, acts, ask=both):
        kept, found = file.weigh_end(act.at)
        weighed = of(list(found)) + Counter(named(rule.name, Verdict.KEPT, act.number + 1) for rule in kept)
        whole = of(file.judge_end(act.at))
        assert Counter({(rule, verdict) for rule, verdict, _ in weighed}) == Counter(
            {(rule, verdict) for rule, verdict, _ in whole}
        )


@pytest.mark.parametrize("name", ["lab-pd-007", "it-help-desk", "public-replies"])
def test_every_example_is_weighed_as_it_is_judged(name: str) -> None:
    procedure, examples = exemplified(LIBRARY, name)
    for example in list(examples)[::3]:
        check(procedure, [*example.given, *([example.judged] if example.judged else [])])


@given(st.lists(st.sampled_from(["received", "accepted", "replied", "note", "struck", "closed"]), max_size=9))
def test_any_order_of_steps_is_weighed_as_it_is_judged(steps: list[str]) -> None:
    check(
        PROCEDURE,
        [
            Act(number, step, at, at, by="wu", post="clerk", facts={"entry": "1"} if step == "struck" else {})
            for number, step in enumerate(steps, start=1)
            for at in [START + timedelta(hours=30 * number)]
        ],
    )
