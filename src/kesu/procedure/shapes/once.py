"""A value that is used once in the whole organisation: a receipt, a slip (semantics 4.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kesu.names import FactName, StepName
from kesu.reading.keys import Keys
from kesu.reading.strict import fault

from ..history.act import Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, Reason, Things, broken
from ..kinds.alike import spellings
from ..kinds.thing import THING
from ..kinds.things import THINGS
from ..kinds.word import WORD
from ..words.names import FACT, STEP
from .abilities import UsedOnce
from .blank import Blank, Filling
from .shape import Each, Shape, Spoken, Vocabulary
from .slots import Facts, Slots, Steps


class Why(Reason):
    """Why it is not kept."""

    USED = "used"


@dataclass(frozen=True)
class Once(Shape, UsedOnce):
    """`at: steps, once: word`. It always holds and always refuses: a value is used, or it is not.

    What other files use is told to the history before it judges (`History.elsewhere`); a correction is judged too.
    """

    sign: ClassVar[str] = "once"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "once"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)

    steps: tuple[StepName, ...]
    word: FactName

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Once:
        for key in ("when", "force"):
            if key in keys:
                raise fault(
                    keys.need(key),
                    en=f"“once” of the rule “{vocabulary.rule}” takes no “{key}”: a value is used, or it is not",
                    zh=f"规则“{vocabulary.rule}”的“once”不能带“{key}”：一个号要么用过，要么没用过",
                )
        steps = vocabulary.steps_of(keys, "at")
        return cls(steps, vocabulary.open_fact(keys.text("once"), kinds=(WORD, THING, THINGS)))

    def asked(self) -> tuple[str, ...]:
        return (*self.steps, STEP.CORRECTED)

    def uses(self, history: History, act: Act) -> tuple[str, ...]:
        """The values that an act uses, or that a correction of such an act would make it use."""
        value = act.facts.get(self.word) if act.step in self.steps else None
        if act.step == STEP.CORRECTED and act.facts.get(FACT.WORD) == self.word:
            value = act.facts.get(FACT.VALUE) if self.mended(history, act) is not None else None
        found = value if isinstance(value, list) else [value]
        return tuple(one.strip() for one in found if isinstance(one, str) and one.strip())

    def mended(self, history: History, act: Act) -> Act | None:
        """The act of its steps that a correction speaks of, as it stands."""
        entry = str(act.facts.get(FACT.ENTRY))
        return next(
            (one for step in self.steps for one in history.all(step) if str(one.number) == entry), None
        )

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        values = self.uses(history, act)
        if not values:
            return None
        taken, loosely = self._taken(history, act), history.reckoning.in_full
        again = []
        for value in values:
            keys = spellings(value, loosely=loosely)
            if not taken.isdisjoint(keys):
                again.append(value)
            taken.update(keys)
        if not again:
            return KEPT
        return broken(Why.USED, facts=(self.word,), things=Things(None, tuple(again)))

    def _taken(self, history: History, act: Act) -> set[str]:
        """What other files and other acts of this one use; not the act that is mended, nor what others give jointly."""
        mended = self.mended(history, act) if act.step == STEP.CORRECTED else None
        joint = history.joint.get(act.step)
        given = joint is not None and not joint.complete(history.all(act.step))
        others = [
            one
            for step in self.steps
            for one in history.all(step)
            if not (given and step == act.step) and (mended is None or one.number != mended.number)
        ]
        here = {
            key
            for one in others
            for value in self.uses(history, one)
            for key in spellings(value, loosely=history.reckoning.in_full)
        }
        return here | {key for word, key in history.elsewhere if word == self.word}

    def fillings(self, blank: Blank, act: Act) -> Iterator[Filling]:
        used = [
            value
            for step in self.steps
            for one in blank.history.all(step)
            for value in self.uses(blank.history, one)
        ]
        yield from ({self.word: fresh} for fresh in blank.another(self.word, than=used))

    def reads(self) -> frozenset[str]:
        return frozenset({self.word, FACT.WORD, FACT.VALUE, FACT.ENTRY})

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset(self.steps), frozenset({self.word}))

    def slots(self) -> Slots:
        return {"steps": Steps(self.steps), "facts": Facts((self.word,))}
