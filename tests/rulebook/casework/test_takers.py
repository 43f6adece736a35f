"""Who may take a step, and with whom it lies as far as the file tells."""

from __future__ import annotations

from tests.rulebook.small import act, filed, from_text, offered, takers_of, text_of, when, written

from kesu.casework.deciding.decide import Actor
from kesu.casework.file.circles import posts_for
from kesu.casework.waiting.takers import OPEN_TO_ALL, Actors, Addressees, left_out, lying_with
from kesu.procedure.history.act import Act
from kesu.procedure.shapes.keep_apart import Why
from kesu.procedure.written.model import Procedure

NOON = when("2026-03-02 12:00")
CLERK, LEAD, BOSS = Actor("an", "clerk"), Actor("bo", "lead"), Actor("chi", "boss")
RESORT = Actor("dan", "outsider", "clerk")
OFFICE = Actors((CLERK, LEAD, BOSS), (RESORT,))
ROUTES = (
    "rule: lead on conduct\nwhen: {topic: conduct}\nsend: found\nto: boss",
    "rule: lead on contracts\nwhen: {topic: contract}\nsend: found\nto: lead",
)


def able(procedure: Procedure, step: str, *acts: Act) -> list[Actor]:
    return list(takers_of(filed(procedure, *acts), now=NOON, actors=OFFICE).of(step))


def addressees(procedure: Procedure, step: str, *acts: Act) -> Addressees:
    return takers_of(filed(procedure, *acts), now=NOON).addressees(step)


def asking(step: str, word: str, *rules: str) -> Procedure:
    """The small procedure with these rules, in which the form of a step asks a fact."""
    return from_text(
        text_of(*rules).replace(f"  {step}: {{}}", f"  {step}: {{asks: [{word}]}}"), file="small.yaml"
    )


def test_everybody_whom_no_rule_about_persons_bars_may() -> None:
    posts = written(
        "at: found\nby: [clerk, lead]", "rule: second\nat: found\nby: {not who did: investigated}"
    )
    assert able(posts, "found", act("received")) == [CLERK, LEAD]
    assert able(posts, "found", act("received"), act("investigated", by="an")) == [LEAD]
    assert able(posts, "closed", act("received")) == [CLERK, LEAD, BOSS]
    assert able(posts, "no such step", act("received")) == []


def test_the_last_resort_may_where_nobody_else_is_left() -> None:
    rules = written("at: found\nby: clerk", "rule: apart\nkeep apart: [named]\nfrom: [found]")
    assert able(rules, "found", act("received"), act("named", persons=["bo"])) == [CLERK]
    assert able(rules, "found", act("received"), act("named", persons=["an"])) == [RESORT]


def test_a_step_lies_with_the_posts_that_all_rules_let() -> None:
    posts = written("at: found\nby: [clerk, lead]", "rule: second\nsend: found\nto: [lead, boss]")
    assert addressees(posts, "found", act("received")) == Addressees(("lead",), frozenset(), frozenset())
    assert posts_for(filed(posts, act("received")), "found") == ("lead",)


def test_where_rules_together_leave_nobody_it_lies_with_those_that_the_first_names() -> None:
    posts = written("at: found\nby: clerk", "rule: second\nsend: found\nto: boss")
    assert addressees(posts, "found", act("received")).posts == ("clerk",)
    assert able(posts, "found", act("received")) == []


def test_a_step_that_no_rule_keeps_for_anybody_is_open_to_all() -> None:
    assert lying_with([addressees(written("at: found\nby: clerk"), "closed", act("received"))]) == OPEN_TO_ALL


def test_a_step_for_who_did_another_lies_with_these_persons() -> None:
    rules = written(
        "at: found\nby: {who did: [accepted, investigated]}",
        "rule: second\nat: found\nby: {not who did: investigated}",
    )
    before = (act("accepted", by="an"), act("investigated", by="bo"))
    assert addressees(rules, "found", *before) == Addressees((), frozenset({"an"}), frozenset({"bo"}))
    assert lying_with([addressees(rules, "found", *before)]) == (("", "an"),)


def test_a_joint_act_lies_with_those_whose_part_is_lacking_until_it_is_called_for_anew() -> None:
    joint = written('at: found\ntogether: [clerk, lead]\nin order: "yes"')
    parts = [act("found", by="an", post="clerk"), act("found", by="bo", post="lead")]
    assert addressees(joint, "found", act("received")) == Addressees(("clerk",), frozenset(), frozenset())
    assert addressees(joint, "found", parts[0]) == Addressees(("lead",), frozenset(), frozenset({"an"}))
    assert addressees(joint, "found", *parts) == Addressees(("clerk", "lead"), frozenset(), frozenset())


def test_of_several_steps_posts_come_before_persons_and_left_out_is_who_may_take_none() -> None:
    some = [
        Addressees(("clerk",), frozenset(), frozenset({"an", "bo"})),
        Addressees((), frozenset({"an"}), frozenset({"bo"})),
    ]
    assert (lying_with(some), left_out(some)) == ((("clerk", ""),), ("bo",))
    assert left_out([]) == ()


def test_where_another_leads_in_each_topic_each_of_them_may() -> None:
    routed, topics = asking("found", "of topic", *ROUTES), act("registered", topic=["contract", "conduct"])
    assert able(routed, "found", topics) == [LEAD, BOSS]
    assert addressees(routed, "found", topics).posts == ("lead", "boss")
    assert [
        offered(filed(routed, topics), one, now=NOON)["found"].allowed for one in (CLERK, LEAD, BOSS)
    ] == [
        False,
        True,
        True,
    ]
    assert able(written(*ROUTES), "found", topics) == []  # one act for both is nobody's


def test_what_is_not_on_record_yet_shuts_a_button_though_everybody_may() -> None:
    rules = written("rule: apart\nkeep apart: [did the work]\nfrom: [found]")
    button = offered(filed(rules, act("received", item="R-1")), CLERK, now=NOON)["found"]
    assert (button.allowed, [one.outcome.reason for one in button.findings]) == (
        False,
        [Why.WORK_NOT_ON_RECORD],
    )
    assert able(rules, "found", act("received", item="R-1")) == [CLERK, LEAD, BOSS]


def test_a_rule_of_which_nobody_knows_whether_it_applies_bars_nobody_and_shuts_the_button() -> None:
    rules = written("when: {grade: major}\nat: found\nby: boss")
    assert able(rules, "found", act("received")) == [CLERK, LEAD, BOSS]
    case = filed(rules, act("received"))
    assert [offered(case, one, now=NOON)["found"].allowed for one in (CLERK, BOSS)] == [False, True]


def test_findings_come_in_the_order_of_the_rules() -> None:
    rules = written(
        "rule: first\nat: found\nby: boss",
        "rule: second\nat: found\nafter: investigated",
        "rule: third\nat: found\nby: {who did: accepted}",
    )
    button = offered(filed(rules, act("received")), CLERK, BOSS, now=NOON)["found"]
    assert (button.actor, [one.rule for one in button.findings]) == (BOSS, ["second", "third"])
    button = offered(filed(rules, act("received")), CLERK, now=NOON)["found"]
    assert [one.rule for one in button.findings] == ["first", "second", "third"]


def test_who_is_asked_about_twice_is_found_once() -> None:
    takers = takers_of(filed(written("at: found\nby: clerk"), act("received")), now=NOON, actors=OFFICE)
    assert takers.of("found") is takers.of("found")


def test_a_rule_about_persons_that_does_not_apply_shuts_no_button_though_it_could_not_be_told() -> None:
    rules = written("when: {grade: major}\nkeep apart: [did the work]\nfrom: [found]")
    for grade, allowed in (("ordinary", True), ("major", False)):
        case = filed(rules, act("received", item="R-1", grade=grade))
        assert offered(case, CLERK, now=NOON)["found"].allowed is allowed
