"""Rules side by side: one that says the same, or the like, in the procedure."""

from __future__ import annotations

from kesu.procedure.written.model import Procedure
from kesu.procedure.written.rule import Rule

from .point import Cover, Point


def said_alike(procedure: Procedure, rule: Rule) -> Point | None:
    """The point of a rule that the procedure has too, for at least the same cases; None where it has not."""
    same = tuple(mine.name for mine in procedure.rules if _says_as_much(mine, rule))
    return Point(rule, Cover.COVERED, by=same) if same else None


def of_its_kind(procedure: Procedure, rule: Rule) -> Point:
    """The point of a rule that bars nothing, so that nothing can be tried: partly covered by a like one about the same."""
    like = tuple(mine.name for mine in procedure.rules if _like(mine, rule))
    return Point(rule, Cover.PARTLY if like else Cover.LACKING, by=like)


def shared(mine: Rule, rule: Rule) -> int:
    """Of how many steps and facts both rules speak."""
    ours, theirs = mine.shape.speaks_of(), rule.shape.speaks_of()
    return len(ours.steps & theirs.steps) + len(ours.facts & theirs.facts)


def _like(mine: Rule, rule: Rule) -> bool:
    ours, theirs = mine.shape.speaks_of(), rule.shape.speaks_of()
    nothing = not (theirs.steps or theirs.facts)
    return mine.shape.alike(rule.shape) and (nothing or bool(shared(mine, rule)) or ours == theirs)


def _says_as_much(mine: Rule, rule: Rule) -> bool:
    """Whether a rule says the same in no fewer cases, as strictly, and leaves no more out."""
    return (
        mine.shape == rule.shape
        and mine.each == rule.each
        and set(mine.when.conditions) <= set(rule.when.conditions)
        and mine.bars >= rule.bars
        and (mine.waiver is None or mine.waiver == rule.waiver)
        and set(mine.excepted) <= set(rule.excepted)
    )
