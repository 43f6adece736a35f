"""Done before it, whatever the order among them; with `for each`, done for every single thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from kesu.reading.keys import Keys

from ..history.act import Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, broken, cannot_tell
from ..when import ALWAYS, When, read_when
from .shape import Each, Shape, Sure, Vocabulary


@dataclass(frozen=True)
class MustHave(Shape):
    """`before: steps (or the end), must have: steps, with: {fact: value}` (DECLARE: existence, when before the end)."""

    sign: ClassVar[str] = "must have"
    keys: ClassVar[frozenset[str]] = frozenset({"before", "must have", "with"})
    per_thing: ClassVar[bool] = True

    steps: tuple[str, ...]
    needed: tuple[str, ...]
    condition: When = ALWAYS

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> MustHave:
        steps = vocabulary.steps_of(keys, "before", end=True)
        return cls(steps, vocabulary.steps_of(keys, "must have"), read_when(keys.get("with"), derived=False))

    @property
    def order_only(self) -> bool:  # type: ignore[override]
        """With no condition it reads nothing but the order of steps."""
        return not self.condition.conditions

    def asked(self) -> tuple[str, ...]:
        return self.steps

    def sure(self) -> Sure | None:
        return None if self.condition.conditions else Sure(standing=frozenset(self.needed))

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        if each is None and not self.condition.conditions:
            missing = tuple(step for step in self.needed if not history.done(step))
            return KEPT if not missing else self._lacking(history, missing, act)
        things: tuple[str | None, ...] = each.things if each is not None else (None,)
        lacking = [
            (step, thing)
            for thing in things
            for step in self.needed
            if not self._done(history, step, each, thing)
        ]
        if not lacking:
            return KEPT
        return self._lacking(
            history,
            tuple(dict.fromkeys(step for step, _ in lacking)),
            act,
            each,
            tuple(thing for _, thing in lacking if thing),
        )

    def _done(self, history: History, step: str, each: Each | None, thing: str | None) -> bool:
        if not self.condition.conditions:
            return history.done(step, word=each.word if each else None, thing=thing)
        return any(
            self._fits(act) and (each is None or thing is None or history.concerns(act, each.word, thing))
            for act in history.all(step)
            if act.number not in history.suspended
        )

    def _fits(self, act: Act) -> bool:
        return all(c.word in act.facts and c.holds(act.facts[c.word]) for c in self.condition.conditions)

    def _lacking(
        self,
        history: History,
        missing: tuple[str, ...],
        act: Act,
        each: Each | None = None,
        things: tuple[str, ...] = (),
    ) -> Outcome:
        shown = tuple(step for step in missing if history.shown.step(step))
        if not shown:
            return cannot_tell("not shown", missing=missing, lacking=("steps", missing))
        if each is None or not things:
            return broken("lacking", missing=shown, lacking=("steps", shown), steps=("steps", (act.step,)))
        return broken(
            "lacking for",
            missing=shown,
            lacking=("steps", shown),
            steps=("steps", (act.step,)),
            things=("things", (each.word, things)),
        )

    def reads(self) -> frozenset[str]:
        return self.condition.words

    def slots(self) -> Mapping[str, object]:
        return {
            "sentence": ("choice", "with" if self.condition.conditions else "rule"),
            "steps": ("steps", self.steps),
            "needed": ("steps", self.needed),
            "condition": ("when", self.condition),
        }
