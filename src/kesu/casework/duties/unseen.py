"""What a foreign log does not show of a timed rule: then nobody can tell, and nothing is called broken (semantics 1.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from kesu.procedure.history.act import Shown
from kesu.procedure.history.of_a_file import History
from kesu.procedure.history.verdict import (
    Finding,
    General,
    Lack,
    Verdict,
    cannot_tell,
    lacking_facts,
    lacking_steps,
)
from kesu.procedure.shapes.timed import Timed
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.rule import Rule

from .calling import timed_of


class Unseen(NamedTuple):
    """A timed rule of which the log does not show when it begins, or whether it applies: `starts` and `facts` it lacks."""

    rule: Rule
    starts: tuple[Lack, ...]
    facts: tuple[Lack, ...]


def unseen_answers(timed: Timed, shown: Shown) -> tuple[str, ...]:
    """The steps that would answer a duty of the rule and that the log does not show."""
    return _hidden(timed.answers, shown)


def unseen_relief(timed: Timed, shown: Shown) -> tuple[str, ...]:
    """The steps that would stop the time of the rule, or let it stand still, and that the log does not show."""
    return _hidden((*timed.until, *timed.pause_from), shown)


def _hidden(steps: tuple[str, ...], shown: Shown) -> tuple[str, ...]:
    return tuple(dict.fromkeys(step for step in steps if not shown.step(step)))


def rules_unseen(procedure: Procedure, shown: Shown) -> tuple[Unseen, ...]:
    """The timed rules of which a log that shows this much may never show that they began to speak.

    An inherited rule that holds no clause is the software's own, in every procedure: a log is held against its paper.
    """
    house = frozenset(name for name, step in procedure.steps.items() if not step.word.by_people)
    of_paper = (rule for rule in procedure.timed if rule.clauses or rule.origin == procedure.id)
    found = (_unseen(rule, shown, house) for rule in of_paper)
    return tuple(one for one in found if one.starts or one.facts)


def _unseen(rule: Rule, shown: Shown, house: frozenset[str]) -> Unseen:
    """What only the house writes itself, of other files or by the clock, is in no log, and not asked of one."""
    timed = timed_of(rule)
    if not timed.owed or timed.on_paper:
        return Unseen(rule, (), ())
    starts = lacking_steps(*(step for step in _hidden(timed.calls, shown) if step not in house))
    if timed.fact is not None and not shown.fact(timed.fact):
        starts = lacking_facts(timed.fact)
    words = sorted(word for word in rule.when.words if not shown.fact(word))
    return Unseen(rule, starts, lacking_facts(*words))


def findings_unseen(
    rules: tuple[Unseen, ...], history: History, *, called: frozenset[str], at: datetime
) -> Iterator[Finding]:
    """“Cannot tell”, once a case, of each of these rules that called for nothing there, but may have without being seen.

    `called` are the rules that called for a duty; `at` is the moment that the case is looked at.
    """
    for rule, starts, facts in rules:
        if rule.name in called or rule.shape.fulfilled(history):
            continue
        applies = rule.when.holds(history, None)
        begun = any(history.all(step) for step in timed_of(rule).calls)
        if applies is False or not (starts or (begun and applies is None)):
            continue
        lacks = (*starts, *(facts if applies is None else ()))
        yield Finding(
            rule=rule.name,
            clauses=rule.clauses,
            verdict=Verdict.CANNOT_TELL,
            number=0,
            at=at,
            outcome=cannot_tell(General.NOT_SHOWN, lacks=lacks, steps=timed_of(rule).answers),
        )
