"""Rules that treat one kind of complainant otherwise than another: each says why, or whoever approves it does not see it."""

from __future__ import annotations

from collections.abc import Iterator

from kesu.reading.text import Text

from ..shapes.abilities import UnderCondition
from ..words.names import FACT
from .fault import Fault
from .model import Procedure
from .rule import Rule


def unequal_without_a_reading(procedure: Procedure) -> Iterator[Fault]:
    """Rules that hold, or let a step be taken, for some kinds of complainants only, and give no reading. What is only counted
    treats nobody.
    """
    for rule in procedure.rules:
        if rule.how != "measured" and not rule.reading and FACT.COMPLAINANT_KIND in _told_apart(rule):
            yield _fault(rule)


def _told_apart(rule: Rule) -> frozenset[str]:
    """The facts by which the rule tells cases apart."""
    step = rule.able(UnderCondition)
    waived = rule.waiver.when.words if rule.waiver is not None else frozenset[str]()
    return rule.when.words | waived | (step.condition.words if step is not None else frozenset[str]())


def _fault(rule: Rule) -> Fault:
    return Fault(
        rule.origin,
        rule.line,
        Text(
            f"规则“{rule.name}”按投诉方类别区别对待；写上 reading 说明依据，没有依据就删去这个条件",
            f"the rule “{rule.name}” treats kinds of complainants differently; say under “reading” on what ground, or take the condition away",
        ),
    )
