"""Every sentence file holds the sentences that its shape can be said in and one for each reason, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.rulebook.procedure.one_of_each import RULES, one_of_each
from tests.rulebook.small import act, filed, written

from kesu.procedure.history.verdict import General, Reason, Verdict, broken
from kesu.procedure.saying.sentence import FOLDER, FROM_THE_OUTCOME, NotFilled, places, reason, templates
from kesu.procedure.shapes import shapes
from kesu.procedure.shapes.only_if import Why
from kesu.procedure.shapes.timed import OfDuty
from kesu.procedure.written.rule import Rule

RULE = "at: closed\nonly if: {measures fit: 'yes'}"


def signs() -> list[str]:
    """Each file; the window is a second form of `within` with a file of its own."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem != "any")


def of(sign: str) -> list[Rule]:
    return [rule for rule in one_of_each() if rule.shape.sign == sign]


def reasons_of(rule: Rule) -> Iterator[Reason]:
    """Those of its judgement, and those that its duties can come to."""
    for kind in rule.shape.reasons:
        yield from kind
    timed = rule.shape.timed
    if timed is not None:
        yield OfDuty.REASONED
        if timed.owed:
            yield from (OfDuty.IN_TIME, OfDuty.OPEN)
        if timed.owed and (timed.limit.span is not None or timed.period is not None):
            yield OfDuty.LATE


def test_there_is_a_rule_of_every_shape() -> None:
    assert sorted(RULES) == sorted(shapes())


@pytest.mark.parametrize("sign", signs())
def test_a_shape_has_a_sentence_for_all_that_it_says(sign: str) -> None:
    said = {rule.shape.wording() for rule in of(sign)}
    said |= {one.sentence for rule in of(sign) for one in reasons_of(rule)}
    assert said == set(templates(sign))


@pytest.mark.parametrize("sign", signs())
def test_no_sentence_asks_for_what_is_not_there(sign: str) -> None:
    rules = of(sign)
    whys = {one.sentence for rule in rules for one in reasons_of(rule)}
    for name, template in templates(sign).items():
        speaking = [rule for rule in rules if name in whys or rule.shape.wording() == name]
        there = set.intersection(*(set(rule.shape.slots()) for rule in speaking))
        asked = places(template)
        assert asked - there - (set(FROM_THE_OUTCOME) if name in whys else set()) == set(), name


def test_the_reasons_of_any_shape_have_their_sentence_too() -> None:
    assert {one.sentence for one in General} <= set(templates("any"))


def test_a_sentence_with_a_gap_is_an_error() -> None:
    procedure = written(RULE)
    (finding,) = filed(procedure, act("registered", measures_fit="no")).judge(act("closed", number=2))
    assert finding.verdict is Verdict.BROKEN
    with pytest.raises(NotFilled, match="lacking"):
        reason(replace(finding, outcome=broken(Why.NOT_ON_RECORD)), procedure, "en")
