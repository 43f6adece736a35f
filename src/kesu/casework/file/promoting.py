"""Facts that follow from others: what the rules themselves put on record after an act (semantics 4.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kesu.procedure.history.act import MISSING, Missing, Value
from kesu.procedure.history.of_a_file import History
from kesu.procedure.shapes.abilities import FollowsFrom
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.rule import Rule

PROMOTED = STEP.PROMOTED
Following = tuple[Rule, FollowsFrom]


def next_that_follows(
    rules: Iterable[Following], history: History
) -> Iterator[tuple[Rule, FollowsFrom, Value]]:
    """The rules whose fact does not stand as it should, each with the value; look again after each, the next may hang on it."""
    left = list(rules)
    while True:
        found = ((one, value) for one in left if not isinstance(value := _wanted(*one, history), Missing))
        one, value = next(found, (None, None))
        if one is None:
            return
        left.remove(one)
        yield *one, value


def _wanted(rule: Rule, shape: FollowsFrom, history: History) -> Value | Missing:
    """The value that the rule's fact should take now; MISSING when it may stay as it is."""
    standing, holds = history.value(shape.fact), rule.when.holds(history, None)
    if holds is True:
        return MISSING if standing == shape.value else shape.value
    if holds is None or shape.one_way or standing != shape.value:
        return MISSING
    return _before(rule, shape.fact, history)


def _before(rule: Rule, fact: str, history: History) -> Value | Missing:
    """What the fact was before this rule set it; MISSING when somebody else set it last."""
    said = [act for act in history.all_standing() if fact in act.facts]
    if not said or not _by_rule(said[-1].facts, rule):
        return MISSING
    earlier = [act.facts[fact] for act in said if not _by_rule(act.facts, rule)]
    return earlier[-1] if earlier else None


def _by_rule(facts: object, rule: Rule) -> bool:
    return isinstance(facts, dict) and facts.get(FACT.RULE) == rule.name
