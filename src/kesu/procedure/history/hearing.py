"""What of an act counts on record: not what is another step's to say, nor “not known” where that is no answer.

What was written stays written; rules read the act as it is heard (semantics 1.4, 1.6).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from kesu.names import FactName, StepName

from .. import words
from ..kinds.not_known import says_not_known
from .act import Act, Value

Facts = Mapping[StepName, frozenset[FactName]]


@dataclass(frozen=True)
class Hearing:
    """For each step the facts that other steps say, and those to which “not known” is no answer."""

    foreign: Facts = field(default_factory=dict)
    unknowable: Facts = field(default_factory=dict)

    def heard(self, act: Act) -> Act:
        """The act with what counts of it; the act itself where all of it does, as nearly always."""
        facts = act.facts
        if not facts:
            return act
        foreign, unknowable = self.foreign.get(act.step), self.unknowable.get(act.step)
        if (foreign is None or foreign.isdisjoint(facts)) and (
            unknowable is None or unknowable.isdisjoint(facts)
        ):
            return act
        kept = dict(_counting(facts, foreign or frozenset(), unknowable or frozenset()))
        return act if kept == facts else replace(act, facts=kept)


HEARS_ALL: Final = Hearing()


def answers_nothing(name: str, value: Value) -> bool:
    """Whether a value says of a fact that it is not known; of a checklist, whether any of its items does."""
    if isinstance(value, Mapping):
        return any(map(says_not_known, value.values()))
    if value is None:
        return True
    fact = words.facts().get(name)
    return fact is not None and not fact.kind.chosen and _in_words(value)


def _in_words(value: Value) -> bool:
    return any(map(says_not_known, value)) if isinstance(value, list) else says_not_known(value)


def _counting(
    facts: Mapping[str, Value], foreign: frozenset[FactName], unknowable: frozenset[FactName]
) -> Iterator[tuple[str, Value]]:
    for name, value in facts.items():
        if name in foreign:
            continue
        if name in unknowable and answers_nothing(name, value):
            if isinstance(value, Mapping):
                yield name, {item: said for item, said in value.items() if not says_not_known(said)}
        else:
            yield name, value
