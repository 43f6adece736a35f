"""Whom a rule lets is whom its judgement does not find in breach: for every shape about persons, over histories at random."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rulebook.small import act, filed, written

from kesu.procedure.history.act import Act
from kesu.procedure.history.circle import EVERYBODY, Circle
from kesu.procedure.history.verdict import Verdict
from kesu.procedure.shapes import shapes
from kesu.procedure.written.model import Procedure

RULES = {
    "posts": "at: found\nby: [clerk, lead]",
    "who did": "at: found\nby: {who did: [investigated, accepted]}",
    "not who did": "at: found\nby: {not who did: investigated}",
    "route": "send: found\nto: [lead, boss]",
    "joint": "at: found\ntogether: [clerk, lead, boss]",
    "joint in order": 'at: found\ntogether: [clerk, lead, boss]\nin order: "yes"',
    "joint on one content": "at: found\ntogether: [clerk, lead]\ncontent: [grade]",
    "authority of a sum": "authority: settled total\nat: found\nlimits: [{up to: 100, by: clerk}, {up to: 200, by: lead}]",
    "authority of the act": "authority: amount\nat: found\nlimits: [{up to: 100, by: clerk}, {by: lead}]",
    "doing without": "doing without: found\n---\nrule: more\nbefore: closed\nmust have: consented\nunless waived: {by: [lead, boss]}",
    "nothing is left out": "doing without: found",
    "named": "keep apart: [named]\nfrom: [found]",
    "those who did the work": "keep apart: [named, did the work]\nfrom: [found]",
    "named units": "keep apart: [named units]\nfrom: [found]",
    "doers": "keep apart: [{who did: [investigated, found]}]\nfrom: [found, accepted]",
    "doers of another": "keep apart: [{who did: investigated}]\nfrom: [found]",
}
PERSONS = ("an", "bo", "chi")
POSTS = ("clerk", "lead", "boss", "outsider", None)
UNITS = ((), ("lab",), ("lab", "chemistry"))
FACTS: tuple[dict[str, Any], ...] = (
    {"persons": ["an"]},
    {"units": ["chemistry"]},
    {"item": "R-1"},
    {"item": "R-1", "did the work": ["bo"]},
    {"grade": "major"},
    {"cash paid": "100"},
    {"cash paid": "100.01"},
    {"cash paid": "250"},
    {"amount": "10"},
    {},
)
acts = st.lists(
    st.builds(
        lambda step, by, post, facts: act(step, by=by, post=post, facts=facts),
        st.sampled_from(["accepted", "investigated", "found", "found", "named", "item noted"]),
        st.sampled_from([*PERSONS, None]),
        st.sampled_from(POSTS),
        st.sampled_from(FACTS),
    ),
    max_size=6,
)
PROCEDURES: dict[str, Procedure] = {name: written(rule) for name, rule in RULES.items()}


def circle_and_verdicts(
    procedure: Procedure, before: list[Act]
) -> tuple[Circle, list[tuple[bool, Verdict | None]]]:
    """The circle of the one rule at `found`, and of each way to act whether it is let, and the verdict on it."""
    case, shape = filed(procedure, *before), procedure.rules[0].shape
    untaken = act("found", number=len(before) + 1, by=None)
    circle = shape.lets(case.history, untaken)
    tried = [
        act("found", number=len(before) + 1, by=by, post=post, units=units, behalf=behalf)
        for by in PERSONS
        for post in POSTS
        for units in UNITS
        for behalf in (
            None,
            "bo",
            *(["clerk", "boss"] if post == "outsider" else []),
        )  # a post only for its last resort
    ]
    answers = [shape.judge(case.history, one, None) for one in tried]
    return circle, [
        (circle.admits(case.history, one), answer and answer.verdict)
        for one, answer in zip(tried, answers, strict=True)
    ]


@pytest.mark.parametrize("name", RULES)
@given(before=acts)
def test_a_circle_keeps_out_exactly_those_whom_the_rule_would_find_in_breach(
    name: str, before: list[Act]
) -> None:
    circle, answers = circle_and_verdicts(PROCEDURES[name], before)
    assert [let for let, _ in answers] == [verdict is not Verdict.BROKEN for _, verdict in answers]
    doubtful = any(verdict is Verdict.CANNOT_TELL for _, verdict in answers)
    assert not (circle.settled and doubtful)


def test_every_shape_about_persons_is_tried_here_and_no_other_narrows() -> None:
    tried = {procedure.rules[0].shape.sign for procedure in PROCEDURES.values()}
    narrowing = {sign for sign, shape in shapes().items() if "lets" in vars(shape)}
    assert tried == narrowing == {sign for sign, shape in shapes().items() if shape.about_persons}


def test_whom_the_form_is_going_to_name_is_not_told_yet() -> None:
    procedure = written("at: found\nby: {named in: staff member}")
    circle, answers = circle_and_verdicts(procedure, [])
    assert (circle.settled, {verdict for _, verdict in answers}) == (False, {Verdict.CANNOT_TELL})
    assert all(let for let, _ in answers)


def test_everybody_is_let_where_a_rule_says_nothing() -> None:
    circle, _ = circle_and_verdicts(
        written("keep apart: [named]\nfrom: [accepted]"), [act("named", persons=["an"])]
    )
    assert circle == EVERYBODY
