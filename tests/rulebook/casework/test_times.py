"""When it happened and when it was noted (semantics 2.1)."""

from __future__ import annotations

import pytest
from tests.rulebook.casework.test_decide import found, problems, tried
from tests.rulebook.small import act, filed, when, written

from kesu.casework.deciding.decide import Accepted
from kesu.reading.text import Text

RULES = written("rule: reply\nwithin: 5 working days\nfrom: accepted\nto: result notified")
ACCEPTED = act("accepted", "2026-03-02 09:00")
NOW = "2026-03-11 12:00"  # a Wednesday, two days after the reply was due


def told(at: str, **more: object) -> object:
    return tried(filed(RULES, ACCEPTED), "result notified", now=NOW, at=when(at), **more)


def test_spans_are_measured_from_at_to_at_and_the_late_note_changes_nothing() -> None:
    decision = told("2026-03-09 16:00", reason="on a journey")
    assert isinstance(decision, Accepted)
    assert (decision.act.at, decision.act.noted) == (when("2026-03-09 16:00"), when(NOW))
    assert decision.act.facts == {"reason": "on a journey"}
    assert found(decision) == [("reply", "kept", 1)]
    assert found(told("2026-03-10 08:00", reason="told by phone")) == [("reply", "broken late", 1)]


@pytest.mark.parametrize(("at", "needs"), [("2026-03-10 00:00", False), ("2026-03-09 23:59", True)])
def test_what_happened_more_than_a_working_day_ago_says_why_it_is_noted_only_now(
    at: str, needs: bool
) -> None:
    said = [
        Text(
            "“通报处理结果”发生已超过1个工作日，补记请写明理由",
            "“Result notified” happened more than 1 working day ago; say why it is noted only now",
        )
    ]
    if needs:
        assert problems(told(at)) == said
    assert isinstance(told(at, reason="on a journey"), Accepted)
    assert isinstance(told(at), Accepted) is not needs


def test_the_time_after_which_a_reason_is_asked_is_a_setting() -> None:
    for value, accepted in (("3 working days", True), ("no limit", True), ("1 clock hour", False)):
        own = written(more=f"settings:\n  back-dating: {{value: {value}, kind: span}}\n")
        decision = tried(filed(own), "result notified", now=NOW, at=when("2026-03-09 16:00"))
        assert isinstance(decision, Accepted) is accepted


def test_the_arrival_needs_no_reason() -> None:
    assert isinstance(tried(filed(RULES), "received", now=NOW, at=when("2026-02-02 09:00")), Accepted)


def test_a_step_at_the_screen_takes_no_time_of_its_own() -> None:
    assert problems(tried(filed(RULES, ACCEPTED), "found", now=NOW, at=when("2026-03-11 11:00"))) == [
        Text(
            "“作出认定”以记录时间为准，不能另填时间",
            "“Finding made” counts from when it is noted; it takes no time of its own",
        )
    ]
    assert isinstance(tried(filed(RULES, ACCEPTED), "found", now=NOW, at=when(NOW)), Accepted)
    by_another = {"recorder": "bo", "medium": "signed paper", "at": when("2026-03-11 11:00")}
    assert isinstance(tried(filed(RULES, ACCEPTED), "found", now=NOW, **by_another), Accepted)


def test_nothing_happens_later_than_it_is_noted_nor_without_a_zone() -> None:
    assert problems(told("2026-03-11 12:01")) == [
        Text("发生时间不能晚于现在", "it cannot have happened later than now")
    ]
    naive = when(NOW).replace(tzinfo=None)
    assert problems(tried(filed(RULES, ACCEPTED), "result notified", now=NOW, at=naive)) == [
        Text("时间没有时区", "the time has no zone")
    ]


def test_nothing_happens_before_the_act_from_which_its_time_is_counted() -> None:
    assert problems(told("2026-03-02 08:59", reason="told by phone")) == [
        Text(
            "“通报处理结果”不能早于它所依据的“受理”",
            "“Result notified” cannot have happened before “Accepted”, from which its time is counted",
        )
    ]
    assert isinstance(told("2026-03-02 09:00", reason="told by phone"), Accepted)
