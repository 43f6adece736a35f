"""A procedure against a standard: every rule of the standard with how far it is covered.

It is told by trying. The least ways through the procedure are searched (`kesu.ways`), and the rule of the standard judges
them. One that it would not have let pass shows that it is lacking. Where all pass, the way is harmed until the rule breaks:
what the procedure says to that names the rules that hold it. So a procedure written in its own way is judged fairly. What
says the same is found at once; limits, and rules that bar nothing, are compared as such: no way shows that somebody waited.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kesu.names import FactName, StepName
from kesu.procedure import words
from kesu.procedure.history.act import Value
from kesu.procedure.shapes.shape import END
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.rule import Rule
from kesu.ways.account import Standing
from kesu.ways.search import Way
from kesu.worktime.calendar import Calendar

from .alike import of_its_kind, said_alike
from .holders import holders
from .limits import of_limit
from .point import Cover, Point
from .stand_ins import stood_for
from .trial import AT_ANY, Trial

BEST_FIRST = (Cover.COVERED, Cover.PARTLY, Cover.NO_OCCASION, Cover.NOT_TOLD, Cover.LACKING)
FALLS_SHORT = (Standing.BROKEN, Standing.NOT_TOLD, Standing.WAIVED)


def compared(procedure: Procedure, standard: Procedure, *, calendar: Calendar) -> tuple[Point, ...]:
    """A point for each rule by which the standard holds a clause, also one that it cites from its base, in its order.

    Neither may have settings left to be set.
    """
    trial = Trial(procedure, calendar)
    with words.spoken(procedure.words):
        return tuple(
            _point_of(trial, standard, rule) for rule in standard.rules if rule.of_paper(standard.id)
        )


def _point_of(trial: Trial, standard: Procedure, rule: Rule) -> Point:
    """The point of a rule; where the procedure has a step of the rule under another name, as that stands it best."""
    found = _point(trial, standard, rule)
    if not found.steps:
        return found
    others = [_point(trial, standard, one) for one in stood_for(trial.procedure, standard, rule, found.steps)]
    best = min(others, key=lambda one: BEST_FIRST.index(one.cover), default=found)
    return replace(best, rule=rule)


def _point(trial: Trial, standard: Procedure, rule: Rule) -> Point:
    procedure = trial.procedure
    alike = said_alike(procedure, rule)
    if alike is not None:
        return alike
    with words.spoken(standard.words):  # it may speak of what the procedure has no word for
        steps, facts = _unknown_steps(procedure, rule), _unknown_facts(procedure, standard, rule)
    asked = [step for step in rule.shape.asked() if step not in (END, *AT_ANY)]
    if asked and all(step in standard.ends and step not in procedure.steps for step in asked):
        return Point(rule, Cover.NO_OCCASION)
    if steps or facts:
        return Point(rule, Cover.LACKING, steps=steps, facts=facts)
    if rule.shape.timed is not None:
        return of_limit(procedure, rule, rule.shape.timed)
    return _tried(trial, rule) if rule.bars else of_its_kind(procedure, rule)


def _tried(trial: Trial, rule: Rule) -> Point:
    """The point of a rule about acts, from the ways to the steps at which it is asked."""
    stood = [(way, trial.judged(rule, way)) for way in _ways(trial, rule) if way.reached]
    short = [way for way, standing in stood if standing in FALLS_SHORT]
    held = [way for way, standing in stood if standing is Standing.DONE]
    by = next((found for way in held if (found := holders(trial, rule, way))), ())
    if short:
        return Point(rule, Cover.PARTLY if by else Cover.LACKING, by=by, way=short[0])
    return (
        Point(rule, Cover.COVERED, by=by)
        if by
        else replace(of_its_kind(trial.procedure, rule), cover=Cover.NOT_TOLD)
    )


def _ways(trial: Trial, rule: Rule) -> Iterator[Way]:
    """The least way to each goal; in the rule's own branch, where it has one and a file comes there."""
    branch: dict[str, Value] = {one.word: one.values[0] for one in rule.when.conditions if one.test == "is"}
    for goal in trial.goals(rule):
        way = trial.way(goal, branch)
        yield way if way.reached else trial.way(goal, {})


def _unknown_steps(procedure: Procedure, rule: Rule) -> tuple[StepName, ...]:
    named = rule.shape.speaks_of().steps
    return tuple(StepName(step) for step in sorted(named) if step not in (END, *AT_ANY, *procedure.steps))


def _unknown_facts(procedure: Procedure, standard: Procedure, rule: Rule) -> tuple[FactName, ...]:
    """The facts that the rule hangs on, that a step of the standard asks and none of the procedure."""
    wanted = rule.when.words | rule.shape.reads()
    return tuple(map(FactName, sorted(wanted & _asked_by(standard) - _asked_by(procedure))))


def _asked_by(procedure: Procedure) -> frozenset[str]:
    return frozenset(fact for facts in procedure.belonging.values() for fact in facts)
