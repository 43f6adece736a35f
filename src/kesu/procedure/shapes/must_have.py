"""Done before it, whatever the order among them; with `for each`, done for every single thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kesu.names import StepName
from kesu.reading.keys import Keys

from ..history.act import Act
from ..history.of_a_file import History, thing_of
from ..history.verdict import KEPT, Lack, Outcome, Reason, Things, What, broken, cannot_tell, lacking_steps
from ..when import ALWAYS, When, read_when
from .shape import Each, Shape, Spoken, Sure, Vocabulary
from .slots import Condition, Slots, Steps


class Why(Reason):
    """Why it is not kept."""

    LACKING = "lacking"
    LACKING_FOR = "lacking for"
    NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class MustHave(Shape):
    """`before: steps (or the end), must have: steps, with: {fact: value}` (DECLARE: existence, when before the end)."""

    sign: ClassVar[str] = "must have"
    keys: ClassVar[frozenset[str]] = frozenset({"before", "must have", "with"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)
    per_thing: ClassVar[bool] = True

    steps: tuple[StepName, ...]
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
        return None if self.condition.conditions else Sure(present=frozenset(self.needed))

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        if each is None and not self.condition.conditions:
            missing = [step for step in self.needed if not history.done(step)]
            return KEPT if not missing else self._lacking(history, lacking_steps(*missing), act, None)
        things: tuple[str | None, ...] = each.things if each is not None else (None,)
        lacking = tuple(
            Lack(What.STEP, step, thing)
            for thing in things
            for step in self.needed
            if not self._done(history, step, each, thing)
        )
        return KEPT if not lacking else self._lacking(history, lacking, act, each)

    def _done(self, history: History, step: str, each: Each | None, thing: str | None) -> bool:
        if not self.condition.conditions:
            return history.done(step, word=each.word if each else None, thing=thing)
        return any(map(self._fits, _last_words(history, step, each, thing)))

    def _fits(self, act: Act) -> bool:
        return all(c.word in act.facts and c.holds(act.facts[c.word]) for c in self.condition.conditions)

    def _lacking(self, history: History, lacking: tuple[Lack, ...], act: Act, each: Each | None) -> Outcome:
        shown = tuple(lack for lack in lacking if history.shown.step(lack.name))
        if not shown:
            return cannot_tell(Why.NOT_SHOWN, lacks=lacking)
        if each is None:
            return broken(Why.LACKING, lacks=shown, steps=(act.step,))
        things = dict.fromkeys(lack.thing for lack in lacking if lack.thing is not None)
        return broken(
            Why.LACKING_FOR, lacks=shown, steps=(act.step,), things=Things(each.word, tuple(things))
        )

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset((*self.steps, *self.needed)), self.reads())

    def waivable(self) -> tuple[str, ...]:
        return self.needed

    def wording(self) -> str:
        return "with" if self.condition.conditions else "rule"

    def slots(self) -> Slots:
        return {
            "steps": Steps(self.steps),
            "needed": Steps(self.needed),
            "condition": Condition(self.condition),
        }


def _last_words(history: History, step: str, each: Each | None, thing: str | None) -> list[Act]:
    """The acts of a step that count: of each thing the last one, since a later answer outweighs an earlier one."""
    acts = [act for act in history.all(step) if act.number not in history.suspended]
    if each is not None and thing is not None:
        return [act for act in acts if history.concerns(act, each.word, thing)][-1:]
    return list({thing_of(act.facts): act for act in acts}.values())
