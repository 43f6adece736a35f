"""What a procedure lets be left out or be not known: no search comes to it, and a change of it opens a way round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kesu.procedure.shapes.abilities import SaysWho
from kesu.procedure.written.model import Procedure


class Openness(StrEnum):
    """What may be done without."""

    LEFT_OUT = "may be left out"
    UNKNOWN = "may be not known at"
    TAKEN = "says who takes"


@dataclass(frozen=True, slots=True)
class Opening:
    """A rule that a reason can stand for, with who gives it, on which grounds and after what; a step and its facts; or a rule
    that says who takes steps beside the work itself, with the posts and these steps.
    """

    kind: Openness
    name: str
    words: tuple[str, ...]


def openings(procedure: Procedure) -> Iterator[Opening]:
    """Every one of a procedure, in its order."""
    for rule in procedure.rules:
        if rule.waiver is not None:
            waiver = rule.waiver
            yield Opening(Openness.LEFT_OUT, rule.name, (*waiver.posts, *waiver.grounds, *waiver.after))
    for step in procedure.steps.values():
        refused = procedure.unknowable.get(step.name, frozenset())
        facts = tuple(fact for fact in step.asks if fact not in refused)
        if facts and step.word.own_work:
            yield Opening(Openness.UNKNOWN, step.name, facts)
    for rule in procedure.rules:
        says_who = rule.able(SaysWho)
        if says_who is not None:
            beside = (step for step in says_who.says_who_takes() if not _own_work(procedure, step))
            if steps := tuple(beside):
                yield Opening(Openness.TAKEN, rule.name, (*(says_who.posts_named() or ()), *steps))


def _own_work(procedure: Procedure, step: str) -> bool:
    return step not in procedure.steps or procedure.steps[step].word.own_work
