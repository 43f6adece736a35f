"""Which facts belong to which steps: what an act may bring, and which may be “not known” with it (semantics 1.4, 1.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kesu.names import FactName, StepName

from ..words import StepWord
from ..words import facts as fact_words
from ..words.parts import ARRIVAL, COMPLETING, WITH_ANY_STEP

Facts = Mapping[StepName, frozenset[FactName]]


def belonging(
    steps: Iterable[StepWord], *, asked: Mapping[StepName, Iterable[FactName]], late: Iterable[FactName]
) -> Facts:
    """For each step the facts that an act of it may bring; of the house and the clock only those of which the words say so.

    `asked` are for each step those that its form asks or a rule wants with it, `late` those that the arrival wants and that may
    follow with a step that completes it. What an act says of itself (its reason, its scan) any act may bring.
    """
    return {
        step.name: WITH_ANY_STEP.union(
            asked.get(step.name, ()), step.brings, late if step.name in COMPLETING else ()
        )
        for step in steps
        if step.by_people or step.brings
    }


def foreign(steps: Iterable[StepWord], own: Facts) -> Facts:
    """For each step that people take the facts that other steps say and it does not."""
    said = frozenset[FactName]().union(*own.values())
    return {step.name: said - own[step.name] for step in steps if step.by_people}


def unknowable(named: Mapping[StepName, Iterable[FactName] | None], own: Facts) -> Facts:
    """For each step the facts to which “not known” is no answer: what is decided, reasoned or reported with it.

    `named` are those that it may answer so; None where it leaves that to the words. What the arrival may leave unknown, the
    step that completes it may too.
    """
    answers = {step: _unknown(facts, own[step]) for step, facts in named.items()}
    arrival = frozenset[FactName]().union(*(facts for step, facts in answers.items() if step in ARRIVAL))
    return {
        step: own[step] - facts - (arrival if step in COMPLETING else frozenset())
        for step, facts in answers.items()
    }


def _unknown(named: Iterable[FactName] | None, own: Iterable[FactName]) -> frozenset[FactName]:
    known = fact_words()
    return frozenset(name for name in own if known[name].told_outside) if named is None else frozenset(named)
