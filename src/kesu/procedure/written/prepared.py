"""The rules asked at one step, made ready once: judging an act then looks nothing up, and mostly sees at a glance.

A shape may say what keeps its rules whatever else there is (`Shape.sure`). Where all of that stands, none of these
rules has to be asked; where anything of it is missing, each is asked as ever. So the shape alone decides, either way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from ..history.act import Act
from ..history.of_a_file import History
from ..history.verdict import Outcome
from ..shapes.shape import Each, Shape, Sure
from .rule import Rule

Judge = Callable[[History, Act, Each | None], Outcome | None]
Question = tuple[Rule, Judge | None]  # no judge: the rule has conditions and is asked in full


@dataclass(frozen=True, slots=True)
class Prepared:
    """All questions of a step, in order. `sure` are rules kept `at_a_glance`; `others` have to be asked then, too."""

    questions: tuple[Question, ...]
    barring: tuple[Question, ...]  # those of rules that refuse, whoever takes the step
    persons: tuple[Rule, ...]  # the other rules that refuse: they say who may take it
    sure: tuple[Rule, ...]
    others: tuple[Question, ...]
    present: tuple[str, ...]
    absent: tuple[str, ...]
    order: tuple[tuple[str, str], ...]

    def at_a_glance(self, history: History) -> bool:
        """Whether what stands keeps every one of `sure`."""
        taken = history.by_step
        if history.suspended:
            return False
        for step in self.present:
            if step not in taken:
                return False
        for step in self.absent:
            if step in taken:
                return False
        for first, then in self.order:
            firsts, thens = taken.get(first), taken.get(then)
            if firsts is None or thens is None or thens[-1].number <= firsts[-1].number:
                return False
        return True


def prepared(rules: Iterable[Rule], *, joint: Collection[str]) -> Prepared:
    """Makes rules ready. Steps of `joint` stand only when several persons gave them, so they make nothing sure."""
    questions = tuple((rule, rule.shape.judge if _plain(rule) else None) for rule in rules)
    barring, persons = _refusing(questions)
    sure, others = _told_at_a_glance(questions, joint)
    return Prepared(
        questions=questions,
        barring=barring,
        persons=persons,
        sure=tuple(rule for rule, _ in sure),
        others=others,
        present=tuple({step for _, one in sure for step in one.present}),
        absent=tuple({step for _, one in sure for step in one.absent}),
        order=tuple(dict.fromkeys(pair for _, one in sure for pair in one.order)),
    )


def _refusing(questions: Iterable[Question]) -> tuple[tuple[Question, ...], tuple[Rule, ...]]:
    """The questions whose breach refuses whoever takes the step, and the rules that say who may."""
    refusing = [question for question in questions if question[0].bars]
    barring = tuple(question for question in refusing if not question[0].shape.about_persons)
    return barring, tuple(rule for rule, _ in refusing if rule.shape.about_persons)


def _told_at_a_glance(
    questions: Iterable[Question], joint: Collection[str]
) -> tuple[list[tuple[Rule, Sure]], tuple[Question, ...]]:
    """The rules that something keeps for sure, with what does; and the other questions."""
    sure: list[tuple[Rule, Sure]] = []
    others: list[Question] = []
    for rule, judge in questions:
        keeps = rule.shape.sure() if judge is not None else None
        if keeps is None or not keeps.steps.isdisjoint(joint):
            others.append((rule, judge))
        else:
            sure.append((rule, keeps))
    return sure, tuple(others)


def _plain(rule: Rule) -> bool:
    """Whether its shape's judgement is all there is to ask."""
    return (
        not rule.when.conditions
        and not rule.expects
        and rule.each is None
        and (rule.shape.order_only or type(rule.shape).silent is Shape.silent)
    )
