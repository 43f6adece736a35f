"""A button is open exactly when some way of filling in its form is accepted; what the form asks does not shut it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.rulebook.small import act, filed, from_text, offered, text_of, when, written

from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import Accepted, Actor, Barred, decide
from kesu.casework.file.case_file import CaseFile
from kesu.casework.waiting.options import Option
from kesu.procedure.history.act import Act
from kesu.procedure.written.model import Procedure

NOW = when("2026-03-10 09:00")
CLERK = Actor("an", "clerk")
MILK = [{"article": "milk", "quantity": "3", "price": "2"}]
TEA = [{"article": "tea", "quantity": "1"}]


def asking(step: str, *facts: str, rules: tuple[str, ...]) -> Procedure:
    """The small procedure with a step whose form asks these facts; looking into a matter may be said of one topic."""
    text = text_of(*rules).replace("  investigated: {}", "  investigated: {asks: [of topic]}")
    line = next(line for line in text.splitlines() if line.startswith(f"  {step}: "))
    return from_text(text.replace(line, f"  {step}: {{asks: [{', '.join(facts)}]}}"), file="asking.yaml")


def option(file: CaseFile, step: str, actor: Actor = CLERK) -> Option:
    return offered(file, actor, now=NOW)[step]


def taken(file: CaseFile, step: str, actor: Actor = CLERK, **facts: Any) -> Accepted | Barred:
    given = {name.replace("_", " "): value for name, value in facts.items()}
    return decide(file, Command(step=step, by=actor.person, post=actor.post, facts=given), now=NOW)


@pytest.mark.parametrize(
    ("step", "asked", "rule", "before", "given"),
    [
        (  # the window knows no start before the form itself brings it
            "accepted",
            ("report received",),
            "within: 15 calendar days\nfrom: report received\nto: received\nbars: accepted",
            (act("received", "2026-03-09 09:00"),),
            {"report_received": "2026-03-09"},
        ),
        (  # the lines on record have no price, those on the form will
            "accepted",
            ("settlement lines",),
            "at: accepted\nadds up: cash paid\nof: settlement lines",
            (act("registered", settlement_lines=TEA, cash_paid="6"),),
            {"settlement_lines": MILK},
        ),
        (  # what is on record is no list of lines
            "accepted",
            ("settlement lines",),
            "at: accepted\nmatch: settlement lines\nwith: proposed lines",
            (act("registered", settlement_lines="3 milk", proposed_lines=MILK),),
            {"settlement_lines": MILK},
        ),
        (  # the size on record is none
            "accepted",
            ("sample size",),
            "at: accepted\ndraw: drawn projects\nfrom: survey population\nseed: survey seed\nsize: sample size",
            (act("registered", survey_population=["a"], survey_seed="s", sample_size="none"),),
            {"sample_size": "1"},
        ),
        (  # it is otherwise on record, and the form asks it anew
            "found",
            ("grade",),
            "at: found\nonly if: {grade: ordinary}",
            (act("registered", grade="major"),),
            {"grade": "ordinary"},
        ),
        (  # the rule applies by what is on record, and the form asks it anew
            "found",
            ("grade",),
            "when: {grade: major}\nat: found\nby: boss",
            (act("registered", grade="major"),),
            {"grade": "ordinary"},
        ),
        (  # of several things the form asks which one, and one of them is ready
            "found",
            ("of topic",),
            "for each: topic\nbefore: found\nmust have: investigated",
            (act("registered", topic=["contract", "conduct"]), act("investigated", of_topic="conduct")),
            {"of_topic": "conduct"},
        ),
        (  # one after the other on the same content, which the form asks
            "data checked",
            ("result",),
            "at: data checked\ntogether: [boss, clerk]\ncontent: [result]\nin order: 'yes'",
            (act("data checked", by="bo", post="boss", result="as expected"),),
            {"result": "as expected"},
        ),
        (  # the sum itself is asked
            "accepted",
            ("cash paid",),
            "at: accepted\nadds up: cash paid\nof: settlement lines",
            (act("registered", settlement_lines=MILK, cash_paid="7"),),
            {"cash_paid": "6"},
        ),
        (  # a deduction is asked, and the sum stands
            "accepted",
            ("proposed cash",),
            "at: accepted\nadds up: cash paid\nof: settlement lines\nless: [proposed cash]",
            (act("registered", settlement_lines=MILK, cash_paid="4"),),
            {"proposed_cash": "2"},
        ),
        (  # what was approved is asked, and what was taken in stands
            "accepted",
            ("proposed lines",),
            "at: accepted\nmatch: settlement lines\nwith: proposed lines",
            (act("registered", settlement_lines=MILK, proposed_lines=TEA),),
            {"proposed_lines": MILK},
        ),
        (  # both lists are asked
            "accepted",
            ("settlement lines", "proposed lines"),
            "at: accepted\nmatch: settlement lines\nwith: proposed lines",
            (act("registered", settlement_lines=MILK, proposed_lines=TEA),),
            {"settlement_lines": TEA, "proposed_lines": TEA},
        ),
        (  # both, and an earlier delivery counts with this one
            "accepted",
            ("settlement lines", "proposed lines"),
            "at: accepted\nmatch: settlement lines\nwith: proposed lines\nmode: line",
            (
                act("registered", proposed_lines=MILK),
                act("accepted", settlement_lines=MILK),
                act("note", proposed_lines=TEA, settlement_lines=MILK),
            ),
            {"settlement_lines": TEA, "proposed_lines": MILK + TEA},
        ),
        (  # nobody said yet which days are counted
            "found",
            ("period from", "period to"),
            "figures: small\nat: found\nfrom: period from\nto: period to\nby: [grade]",
            (act("registered"),),
            {"period_from": "2026-03-02", "period_to": "2026-03-08"},
        ),
        (  # the first day stands, the last is asked
            "found",
            ("period to",),
            "figures: small\nat: found\nfrom: period from\nto: period to\nby: [grade]",
            (act("registered", period_from="2026-03-02", period_to="of this week"),),
            {"period_to": "2026-03-08"},
        ),
        (  # more than is on record
            "found",
            ("amount",),
            "at: found\nonly if: {amount: over 500}",
            (act("registered", amount="500"),),
            {"amount": "501"},
        ),
        (  # less than is on record
            "found",
            ("amount",),
            "at: found\nonly if: {amount: under 500}",
            (act("registered", amount="500"),),
            {"amount": "499"},
        ),
        (  # so little that the rule does not apply
            "found",
            ("amount",),
            "when: {amount: at least 500}\nat: found\nby: boss",
            (act("registered", amount="500"),),
            {"amount": "499"},
        ),
        (  # so much that it does not
            "found",
            ("amount",),
            "when: {amount: up to 500}\nat: found\nby: boss",
            (act("registered", amount="500"),),
            {"amount": "501"},
        ),
        (  # a remark says why
            "accepted",
            ("reason",),
            "at: accepted\nadds up: cash paid\nof: settlement lines\nunless: reason",
            (act("registered", settlement_lines=MILK, cash_paid="7"),),
            {"reason": "a fee"},
        ),
    ],
)
def test_what_the_form_itself_can_bring_shuts_no_button(
    step: str, asked: tuple[str, ...], rule: str, before: tuple[Act, ...], given: dict[str, Any]
) -> None:
    file = filed(asking(step, *asked, rules=(rule,)), *before)
    assert isinstance(taken(file, step), Barred)
    assert isinstance(taken(file, step, **given), Accepted)
    assert option(file, step).allowed
    without = filed(written(rule), *before)  # the same rule where the form asks nothing
    assert not option(without, step).allowed


def test_a_form_that_no_value_helps_keeps_its_button_shut() -> None:
    authority = "authority: amount\nat: accepted\nlimits: [{up to: 100, by: lead}, {by: boss}]"
    file = filed(asking("accepted", "amount", rules=(authority,)), act("registered"))
    shut = option(file, "accepted")
    assert not shut.allowed
    assert [finding.outcome.posts for finding in shut.findings] == [("lead",)]  # not: that no amount is given
    assert option(file, "accepted", Actor("li", "lead")).allowed

    top = "at: accepted\nladder: [clerk, lead]\nto: to post"
    passed = filed(asking("accepted", "to post", rules=(top,)), act("accepted", post="clerk", to_post="lead"))
    assert not option(passed, "accepted", Actor("li", "lead")).allowed


def test_what_was_missing_at_the_arrival_is_not_brought_by_another_form() -> None:
    arrival = "at: received\nrecord: [matter]"
    file = filed(asking("accepted", "matter", rules=(arrival,)), act("received"))
    assert isinstance(taken(file, "accepted", matter="complaint"), Barred)
    assert not option(file, "accepted").allowed


def test_a_form_has_to_keep_all_rules_at_once() -> None:
    both = (
        "rule: one\nat: found\nonly if: {grade: major}",
        "rule: two\nwhen: {grade: major}\nat: found\nby: boss",
    )
    file = filed(asking("found", "grade", rules=both), act("registered"))
    assert option(file, "found", Actor("bo", "boss")).allowed
    shut = option(file, "found")
    assert (shut.allowed, [finding.rule for finding in shut.findings]) == (False, ["two"])


def test_a_list_on_the_form_may_have_to_hold_several() -> None:
    rules = (
        "rule: one\nat: found\nonly if: {topic: conduct}",
        "rule: two\nat: found\nonly if: {topic: contract}",
        "rule: three\nat: found\nonly if: {topic: not result quality}",
    )
    file = filed(asking("found", "topic", rules=rules), act("registered", topic=["result quality"]))
    assert option(file, "found").allowed


def test_what_one_rule_wants_in_a_list_may_have_to_leave_it_again_for_another() -> None:
    rules = (
        "rule: one\nat: found\nonly if: {topic: conduct}",
        "rule: two\nat: found\nonly if: {topic: [contract, result quality]}",
        "rule: three\nat: found\nonly if: {topic: not contract}",
    )
    file = filed(asking("found", "topic", rules=rules), act("registered", topic=["contract"]))
    assert isinstance(taken(file, "found", topic=["conduct", "contract"]), Barred)
    assert isinstance(taken(file, "found", topic=["conduct", "result quality"]), Accepted)
    assert option(file, "found").allowed


def test_a_sum_that_lines_without_a_price_come_to_is_nothing_that_a_form_can_bring() -> None:
    rule = "at: accepted\nadds up: cash paid\nof: settlement lines"
    file = filed(asking("accepted", "cash paid", rules=(rule,)), act("registered", settlement_lines=TEA))
    assert isinstance(taken(file, "accepted", cash_paid="6"), Barred)
    assert not option(file, "accepted").allowed


def test_what_one_rule_wants_on_record_may_have_to_be_another_value_for_the_next() -> None:
    letters = "rule: two\nkeep: complaint letters\nfor: 6 years\nfrom: found\nbars: destroyed"
    which = "rule: one\nat: destroyed\nonly if: {record: [complaint letters, client feedback]}"
    file = filed(asking("destroyed", "record", rules=(which, letters)), act("registered"))
    assert isinstance(taken(file, "destroyed", record="complaint letters"), Barred)
    assert isinstance(taken(file, "destroyed", record="client feedback"), Accepted)
    assert option(file, "destroyed").allowed
    feedback = letters.replace("two", "three").replace("complaint letters", "client feedback")
    both = filed(asking("destroyed", "record", rules=(which, letters, feedback)), act("registered"))
    assert not option(both, "destroyed").allowed


def test_a_value_that_a_rule_names_and_an_earlier_act_used_can_be_another() -> None:
    rules = (
        "rule: one\nat: accepted\nonly if: {signature: [R-1, R-2]}",
        "rule: two\nat: accepted\nonce: signature",
    )
    file = filed(asking("accepted", "signature", rules=rules), act("accepted", signature="R-1"))
    assert isinstance(taken(file, "accepted", signature="R-1"), Barred)
    assert isinstance(taken(file, "accepted", signature="R-2"), Accepted)
    assert option(file, "accepted").allowed


def test_a_list_on_the_form_may_have_to_lose_what_stands_on_it() -> None:
    rules = (
        "rule: one\nat: found\nonly if: {topic: conduct}",
        "rule: two\nwhen: {topic: conduct}\nat: found\nonly if: {topic: [contract]}",
        "rule: three\nwhen: {topic: contract}\nat: found\nby: boss",
    )
    file = filed(asking("found", "topic", rules=rules), act("registered", topic=["contract"]))
    assert not option(file, "found").allowed
    assert option(file, "found", Actor("bo", "boss")).allowed
