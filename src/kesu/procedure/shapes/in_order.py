"""The line of the paper: each step only after all that stand before it, also by the day on which it happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kesu.names import StepName
from kesu.reading.keys import Keys
from kesu.reading.strict import fault

from ..history.act import Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Lack, Outcome, Reason, Things, What, broken, cannot_tell, lacking_steps
from .abilities import PrecededBy
from .shape import Each, Shape, Spoken, Vocabulary
from .slots import Line, Slots


class Why(Reason):
    """Why it is not kept."""

    LACKING = "lacking"
    LACKING_FOR = "lacking for"
    AGAIN = "again"
    BEFORE = "before"
    NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class InOrder(Shape, PrecededBy):
    """`in order: steps`; with `anew: yes` a step that is done again calls for those after it again.

    The order is that of the ledger, and beside it that of the times at which things happened: what its own date puts before
    a step that has to come first is out of order, however late it is noted (semantics 8.9).
    """

    sign: ClassVar[str] = "in order"
    keys: ClassVar[frozenset[str]] = frozenset({"in order", "anew"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)
    gate: ClassVar[bool] = True
    per_thing: ClassVar[bool] = True

    steps: tuple[StepName, ...]
    anew: bool = False

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> InOrder:
        steps = vocabulary.steps_of(keys, "in order")
        if len(steps) < 2 or len(set(steps)) < len(steps):
            raise fault(
                keys.need("in order"),
                en=f"“in order” of the rule “{vocabulary.rule}” names two steps at least, and none twice",
                zh=f"规则“{vocabulary.rule}”的 in order 至少写两个步骤，且不能重复",
            )
        return cls(steps, keys.flag("anew"))

    def asked(self) -> tuple[str, ...]:
        return self.steps[1:]

    def waits_for(self, step: str) -> frozenset[str]:
        return frozenset(self._before(step))

    def _before(self, step: str) -> tuple[StepName, ...]:
        return self.steps[: self.steps.index(StepName(step))] if step in self.steps else ()

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        needed = self._before(act.step)
        things: tuple[str | None, ...] = each.things if each is not None else (None,)
        word = each.word if each is not None else None
        lacking = tuple(
            Lack(What.STEP, step, thing)
            for thing in things
            for step in needed
            if not history.done(step, word=word, thing=thing)
        )
        if lacking:
            return _lacking(history, lacking, act, word)
        for thing in things:
            outcome = self._out_of_order(history, act, needed, word, thing)
            if outcome is not None:
                return outcome
        return KEPT

    def _out_of_order(
        self, history: History, act: Act, needed: tuple[StepName, ...], word: str | None, thing: str | None
    ) -> Outcome | None:
        """By the entries a step was done again after one that comes later, or by the dates this came before one of them."""
        done = {step: _standing(history, step, word, thing) for step in needed}
        stale = [
            step
            for place, step in enumerate(needed)
            if self.anew and any(done[early][-1].number > done[step][-1].number for early in needed[:place])
        ]
        if stale:
            return broken(Why.AGAIN, lacks=lacking_steps(*stale), steps=(act.step,))
        late = [step for step in needed if all(given.at > act.at for given in done[step])]
        if late:
            return broken(Why.BEFORE, lacks=lacking_steps(*late), steps=(act.step,))
        return None

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset(self.steps), self.reads())

    def waivable(self) -> tuple[str, ...]:
        return self.steps[:-1]

    def wording(self) -> str:
        return "anew" if self.anew else "rule"

    def slots(self) -> Slots:
        return {"line": Line(self.steps)}


def _standing(history: History, step: str, word: str | None, thing: str | None) -> list[Act]:
    """The acts of a step that count (for one thing, if asked), in the order of the ledger."""
    return [
        given
        for given in history.all(step)
        if given.number not in history.suspended
        and (word is None or thing is None or history.concerns(given, word, thing))
    ]


def _lacking(history: History, lacking: tuple[Lack, ...], act: Act, word: str | None) -> Outcome:
    would_show = tuple(lack for lack in lacking if history.shown.step(lack.name))
    if not would_show:
        return cannot_tell(Why.NOT_SHOWN, lacks=lacking)
    things = dict.fromkeys(lack.thing for lack in would_show if lack.thing is not None)
    if word is None or not things:
        return broken(Why.LACKING, lacks=would_show, steps=(act.step,))
    return broken(Why.LACKING_FOR, lacks=would_show, steps=(act.step,), things=Things(word, tuple(things)))
