"""How the figures of files of a procedure are reckoned, and which of its steps are work that is done once (semantics 4.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from kesu.names import FactName, StepName

from ..history.reckoning import Reckoning, Wanted
from ..words import StepWord
from ..words.parts import ARRIVAL
from .rule import Rule

Wanting = Mapping[
    str, Sequence[tuple[Rule, Sequence[str]]]
]  # for each step the rules that want facts with it, and which


class Repeated(Protocol):
    """A step of a procedure, as far as it matters here."""

    @property
    def name(self) -> StepName: ...
    @property
    def word(self) -> StepWord: ...
    @property
    def again(self) -> bool: ...
    @property
    def asks(self) -> tuple[str, ...]: ...


def reckoned(
    steps: Iterable[Repeated],
    *,
    wanting: Wanting,
    summed: frozenset[FactName],
    belonging: Mapping[StepName, frozenset[FactName]],
) -> Reckoning:
    """In full: what adds up, what is wanted of figures and when, and what opens its limits the first time alone."""
    known = list(steps)
    again = frozenset(step.name for step in known if step.again)
    single = frozenset(step.name for step in known if step.word.own_work and not _for_a_thing(step))
    wanted = {
        step.name: figures
        for step in known
        if step.name not in ARRIVAL  # what is missing then may follow
        and (figures := _wanted(wanting[step.name], summed, belonging.get(step.name, frozenset())))
    }
    return Reckoning(in_full=True, again=again, wanted=wanted, single=single - again)


def _for_a_thing(step: Repeated) -> bool:
    """Whether it is taken for one thing among several, as for a topic or a party."""
    return any(word.startswith("of ") for word in step.asks)


def _wanted(
    rules: Sequence[tuple[Rule, Sequence[str]]], summed: frozenset[FactName], own: frozenset[FactName]
) -> tuple[Wanted, ...]:
    """The figures that rules want with a step, and when, as far as an act of it tells that by itself."""
    return tuple(
        (rule.when, figures)
        for rule, names in rules
        if (figures := summed.intersection(names)) and rule.when.words <= own
    )
