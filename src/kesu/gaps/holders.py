"""By which rules a procedure holds another paper's rule: an accepted history is harmed so that the foreign rule breaks, and
those of the procedure that break with it are its holders.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kesu.names import RuleName
from kesu.procedure import words
from kesu.procedure.history.act import Act, Value
from kesu.procedure.shapes.shape import END
from kesu.procedure.written.rule import Rule
from kesu.ways.people import ALONE, SECOND
from kesu.ways.search import Way

from .alike import shared
from .trial import AT_ANY, FOREIGN, Trial

Acts = tuple[Act, ...]


def holders(trial: Trial, rule: Rule, way: Way) -> tuple[RuleName, ...]:
    """The rules that bar whoever breaks the foreign one on this way; none where no harm to the way breaks it, or nothing bars that."""
    before = trial.breaks(rule, way.acts)
    for harmed in _harmed(rule, way.acts):
        broken = trial.breaks(rule, harmed)
        if FOREIGN not in broken:
            continue
        # the harm may break others beside the one that holds it
        barring = [one for one in trial.barring(broken - before) if shared(one, rule)]
        if barring:
            return tuple(one.name for one in sorted(barring, key=lambda one: _nearness(one, rule)))
    return ()


def _harmed(rule: Rule, acts: Acts) -> Iterator[Acts]:
    """The way without what the rule asks for: steps left out, facts left out or said otherwise, or acted by others."""
    yield from _without_steps(rule, acts)
    read = rule.conditions | rule.shape.reads() | rule.shape.speaks_of().facts
    yield tuple(replace(act, facts=_without(act.facts, read)) for act in acts)
    for fact in sorted(rule.shape.reads()):
        yield from _otherwise(fact, acts)
    yield from _by_others(rule, acts)


def _without_steps(rule: Rule, acts: Acts) -> Iterator[Acts]:
    """Without all the steps that it asks for, and without each of them; the last act stays."""
    *before, last = acts
    wanted = rule.shape.speaks_of().steps - frozenset(rule.shape.asked())
    for left_out in (wanted, *([step] for step in sorted(wanted))):
        yield (*(act for act in before if act.step not in left_out), last)


def _without(facts: Mapping[str, Value], names: frozenset[str]) -> Mapping[str, Value]:
    return {name: value for name, value in facts.items() if name not in names}


def _by_others(rule: Rule, acts: Acts) -> Iterator[Acts]:
    """The steps at which it is asked by somebody without a post; then all by one person."""
    asked = frozenset(rule.shape.asked())
    yield tuple(_as_nobody(act) if _is_asked(act, asked, acts[-1]) else act for act in acts)
    yield tuple(replace(act, by=ALONE) if act.by is not None else act for act in acts)


def _otherwise(fact: str, acts: Acts) -> Iterator[Acts]:
    """The way with each other choice in the place of what was said."""
    for choice in words.facts()[fact].choices if fact in words.facts() else ():
        yield tuple(
            replace(act, facts={**act.facts, fact: choice}) if fact in act.facts else act for act in acts
        )


def _is_asked(act: Act, asked: frozenset[str], last: Act) -> bool:
    return act.step in asked or (act is last and bool(asked & {END, *AT_ANY}))


def _as_nobody(act: Act) -> Act:
    return replace(act, by=SECOND, post=None, behalf=None) if act.by is not None else act


def _nearness(mine: Rule, rule: Rule) -> tuple[bool, int]:
    """The nearer the less: of the same shape, and with little that only one of them speaks of."""
    ours, theirs = mine.shape.speaks_of(), rule.shape.speaks_of()
    apart = len(ours.steps ^ theirs.steps) + len(ours.facts ^ theirs.facts)
    return not mine.shape.alike(rule.shape), apart
