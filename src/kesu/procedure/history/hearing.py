"""What of an act counts on record: not what is another step's to say, nor an answer that is none.

“Not known” is none where somebody here says what it is; a mark is none where a reason is asked. What was written stays
written; rules read the act as it is heard (semantics 1.4, 1.6, 1.7).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from kesu.names import FactName, StepName
from kesu.reading.saying_nothing import says_not_known, says_nothing

from .. import words
from ..kinds.checklist import reason_not_needed
from .act import Act, Value

Facts = Mapping[StepName, frozenset[FactName]]
NONE: Final[frozenset[FactName]] = frozenset()


@dataclass(frozen=True)
class Hearing:
    """For each step the facts that other steps say, and those to which “not known” is no answer."""

    foreign: Facts = field(default_factory=dict)
    unknowable: Facts = field(default_factory=dict)

    def closed(self, step: StepName, name: str) -> bool:
        """Whether “not known” is no answer to a fact with this step."""
        return name in self.unknowable.get(step, NONE)

    def heard(self, act: Act) -> Act:
        """The act with what counts of it; the act itself where all of it does, as nearly always.

        A figure that is “not known” stays one: left out it would count as nothing, and a sum would be smaller than it is.
        """
        if not act.facts or not self.foreign:
            return act
        foreign = self.foreign.get(act.step, NONE)
        unknowable = self.unknowable.get(act.step, NONE)
        if foreign.isdisjoint(act.facts) and not _doubtful(act.facts, unknowable):
            return act
        return replace(act, facts=dict(_counting(act.facts, foreign, unknowable)))


HEARS_ALL: Final = Hearing()


def answers_nothing(name: str, value: Value) -> bool:
    """Whether a value says of a fact that it is not known; of a checklist, whether any of its items does."""
    if value is None:
        return True
    fact = words.facts().get(name)
    if fact is None or fact.kind.chosen:
        return False
    return any(map(says_not_known, _texts(value)))


def empty_answer(name: str, value: Value) -> str | None:
    """The text of an answer that says nothing where something has to be said; of a checklist, of an item that is not needed."""
    if isinstance(value, str):
        fact = words.facts().get(name)
        asked = fact is not None and fact.says_something
        return value if asked and says_nothing(value) and not says_not_known(value) else None
    if isinstance(value, Mapping):
        return next((answer for answer in value.values() if _reasonless(answer)), None)
    return None


def _texts(value: Value) -> Collection[Value]:
    return value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else (value,)


def _reasonless(answer: Value) -> bool:
    reason = reason_not_needed(answer)
    return reason is not None and says_nothing(reason)


def _doubtful(facts: Mapping[str, Value], unknowable: frozenset[FactName]) -> bool:
    """Whether any of these answers may be none; asked of every act of a log, so it looks at nothing twice."""
    typed = words.spoken_now().typed
    for name, value in facts.items():
        if value is None:
            if name in unknowable and not _figure(name):
                return True
        elif name in typed and not _counts(name, value, unknowable):
            return True
    return False


def _figure(name: str) -> bool:
    fact = words.facts().get(name)
    return fact is not None and fact.kind.summed


def _counts(name: str, value: Value, unknowable: frozenset[FactName]) -> bool:
    if value is None and _figure(name):
        return True
    return empty_answer(name, value) is None and not (name in unknowable and answers_nothing(name, value))


def _counting(
    facts: Mapping[str, Value], foreign: frozenset[FactName], unknowable: frozenset[FactName]
) -> Iterator[tuple[str, Value]]:
    for name, value in facts.items():
        if name in foreign:
            continue
        if _counts(name, value, unknowable):
            yield name, value
        elif isinstance(value, Mapping):
            closed = name in unknowable
            yield name, {item: answer for item, answer in value.items() if _item_counts(answer, closed)}


def _item_counts(answer: Value, closed: bool) -> bool:
    return not (closed and says_not_known(answer)) and not _reasonless(answer)
