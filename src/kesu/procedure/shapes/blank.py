"""A form that still lies there empty, and what could be written into it so that a rule is kept.

A button is open when what bars its step now can still be settled by what its own form asks. Whoever wants to know tries
ways of filling it in and judges each; here are the values that are worth trying.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Final, TypeAlias

from .. import words
from ..history.act import Act
from ..history.of_a_file import History
from ..kinds import Value
from ..kinds.number import number
from ..when import EVER, NEVER, Condition, When

Filling: TypeAlias = Mapping[Any, Value]  # facts by their names, as they would be written
MUCH: Final = str(10**12)  # more than any limit, and still an amount
TEXTS: Final = (
    "a text",
    "another text",
    "a third text",
    "a fourth text",
)  # that say something, as a reason has to
LITTLE: Final = [{"article": "—", "quantity": "0.000001", "price": "0"}]
A_LOT: Final = [{"article": "—", "quantity": str(10**9), "price": str(10**6)}]


@dataclass(frozen=True, slots=True)
class Blank:
    """The form of a step in a file: the facts it asks, and of those whose values are closed what the procedure leaves."""

    asks: tuple[str, ...]
    history: History
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def place(self, word: str) -> str | None:
        """Under which name the form asks a fact: its own, or that of one thing (“of topic”); None when it does not."""
        return next((name for name in (words.per_thing(word), word) if name in self.asks), None)

    def some(self, word: str) -> Value:
        """Any value of a fact."""
        fact, allowed = words.facts()[word], self._allowed(word)
        if fact.kind.summed and not fact.kind.single_figure:
            return LITTLE
        value = allowed[0] if allowed else "1" if fact.kind.single_figure else TEXTS[0]
        return [value] if fact.kind.several else value

    def another(self, word: str, *, than: Sequence[Value]) -> Iterator[Value]:
        """A value of a fact that is none of these, if the form asks it and there is one."""
        several, figure = words.facts()[word].kind.several, words.facts()[word].kind.single_figure
        free = ("1", "2", "3", "4") if figure else TEXTS
        values: Iterable[Value] = (*(self._allowed(word) or free), self.some(word))
        for value in values if word in self.asks else ():
            fresh = [value] if several and not isinstance(value, list) else value
            if fresh not in than:
                yield fresh
                return

    def extremes(self, names: Iterable[str]) -> Iterator[Filling]:
        """Every combination of nothing, the least and the most that somebody can write under those of these that it asks."""
        asked = [name for name in names if name in self.asks]
        for chosen in product(*(_extremes(name) for name in asked)):
            filling = {name: value for one in chosen for name, value in one.items()}
            if filling:
                yield filling

    def meeting(self, when: When, act: Act) -> Iterator[Filling]:
        """Ways to make conditions hold, as far as the form asks what they compare; what it does not ask stays as it is.

        `act` is what was written so far: to a list something is added, or taken from it.
        """
        parts = [list(self._values(part, act, held=True)) for part in when.conditions]
        for chosen in product(*(part for part in parts if part)):
            yield {name: value for one in chosen for name, value in one.items()}

    def failing(self, when: When, act: Act) -> Iterator[Filling]:
        """Ways to make one of the conditions not hold."""
        for part in when.conditions:
            yield from self._values(part, act, held=False)

    def _allowed(self, name: str) -> tuple[str, ...]:
        """The values that a fact can take here; none where it takes any."""
        fact = words.facts()[name]
        if fact.names_of is not None:
            return tuple(self.history.things(fact.names_of))
        return self.choices.get(name) or tuple(fact.choices)

    def _values(self, part: Condition, act: Act, *, held: bool) -> Iterator[Filling]:
        name = self.place(part.word)
        if words.facts()[part.word].derived is not None:
            yield from self.extremes(words.underneath(part.word))
        elif name is not None and words.facts()[name].kind.several:
            yield from ({name: value} for value in self._lists(part, name, act, held=held))
        elif name is not None:
            yield from ({name: value} for value in self._compared(part, name, held=held))

    def _lists(self, part: Condition, name: str, act: Act, *, held: bool) -> Iterator[list[str]]:
        """A list is held against values by whether any of them is in it."""
        so_far = list(act.facts.get(name) or ())
        values = self._compared(part, name, held=held)
        if (part.test in ("is", EVER)) is held:
            yield from ([*so_far, value] for value in values if value not in so_far)
        elif left := [value for value in so_far if value not in (part.below or part.values)]:
            yield left
        else:
            yield from ([value] for value in values)

    def _compared(self, part: Condition, name: str, *, held: bool) -> tuple[str, ...]:
        allowed = self._allowed(name)
        if part.test in ("is", "not", EVER, NEVER):
            if (part.test in ("is", EVER)) is held:
                return tuple(one for one in part.values if not allowed or one in allowed)
            return tuple(one for one in allowed or ("—",) if one not in (part.below or part.values))
        limit = part.values[0]
        beyond = str((number(limit) or 0) + 1)
        inside = {"over": beyond, "under": "0", "at least": limit, "up to": limit}[part.test]
        outside = {"over": limit, "under": limit, "at least": "0", "up to": beyond}[part.test]
        return (inside if held else outside,)


def _extremes(name: str) -> tuple[Filling, ...]:
    least, most = ("0", MUCH) if words.facts()[name].kind.single_figure else (LITTLE, A_LOT)
    return {name: least}, {}, {name: most}
