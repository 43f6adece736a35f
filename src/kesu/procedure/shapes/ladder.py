"""Matters go up level by level: each passing-up to the rung directly above the present one (semantics 4.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from kesu.names import FactName, PostName, StepName
from kesu.reading.keys import Keys
from kesu.reading.strict import fault

from ..history.act import MISSING, Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, Reason, broken, cannot_tell, lacking_facts
from ..kinds.word import WORD
from ..when import ALWAYS, When, read_when
from .blank import Blank, Filling
from .shape import Each, Shape, Spoken, Vocabulary
from .slots import AllPosts, Condition, Slots, Steps

UPWARDS: Final = "upwards alone"


class Why(Reason):
    """Why it is not kept."""

    SKIPPED = "skipped"
    AT_THE_TOP = "at the top"
    LACKING = "lacking"
    NOT_SHOWN = "not shown"
    NO_POST = "no post"


@dataclass(frozen=True)
class Ladder(Shape):
    """`at: step, ladder: [posts, lowest first], to: post fact, unless: {fact: value}`; any of these frees.

    `upwards alone: yes`: to a rung below, or to a post that is none, it goes freely; and it starts from whoever takes it.
    The first passing-up starts from the post of whoever takes it; from a post that is no rung it goes to the lowest.
    """

    sign: ClassVar[str] = "ladder"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "ladder", "to", "unless", UPWARDS})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)

    steps: tuple[StepName, ...]
    rungs: tuple[PostName, ...]
    to: FactName
    unless: When = ALWAYS
    upwards: bool = False

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Ladder:
        rungs = vocabulary.posts_of(keys, "ladder")
        if len(rungs) < 2 or len(set(rungs)) < len(rungs):
            raise fault(
                keys.need("ladder"),
                en=f"“ladder” of the rule “{vocabulary.rule}” wants two posts or more, each once",
                zh=f"规则“{vocabulary.rule}”的“ladder”至少写两个岗位，且不得重复",
            )
        to = vocabulary.fact(keys.text("to"), kinds=(WORD,))
        return cls(
            vocabulary.steps_of(keys, "at"), rungs, to, read_when(keys.get("unless")), keys.flag(UPWARDS)
        )

    def asked(self) -> tuple[str, ...]:
        return self.steps

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        if any(When((one,)).holds(history, act) for one in self.unless.conditions):
            return None
        to = act.facts.get(self.to, MISSING)
        if to is MISSING or to is None:
            why = Why.LACKING if history.shown.fact(self.to) else Why.NOT_SHOWN
            return cannot_tell(why, lacks=lacking_facts(self.to))
        present = None if self.upwards else self._present(history)
        if present is None and act.post is None and not history.shown.posts:
            return cannot_tell(Why.NO_POST)
        above = self._above(present or act.seat(self.rungs))
        if self.upwards and to not in above:
            return KEPT
        if not above:
            return broken(Why.AT_THE_TOP, steps=(act.step,), posts=self.rungs[-1:])
        return KEPT if to == above[0] else broken(Why.SKIPPED, steps=(act.step,), posts=above[:1])

    def _above(self, rung: str | None) -> tuple[str, ...]:
        return self.rungs[self.rungs.index(rung) + 1 :] if rung else self.rungs

    def _present(self, history: History) -> str | None:
        """The rung that the matter was last passed to; None when never."""
        passed = [
            act for step in self.steps for act in history.all(step) if act.facts.get(self.to) in self.rungs
        ]
        last = max(passed, key=lambda act: act.number, default=None)
        return str(last.facts[self.to]) if last else None

    def fillings(self, blank: Blank, act: Act) -> Iterator[Filling]:
        if self.to in blank.asks:
            yield from ({self.to: rung} for rung in self.rungs)
        for freed in self.unless.conditions:
            yield from blank.meeting(When((freed,)), act)

    def reads(self) -> frozenset[str]:
        return self.unless.words | {self.to}

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset(self.steps), self.reads())

    def wording(self) -> str:
        said = "unless" if self.unless.conditions else "rule"
        return f"upwards {said}" if self.upwards else said

    def slots(self) -> Slots:
        return {
            "steps": Steps(self.steps),
            "posts": AllPosts(self.rungs),
            "condition": Condition(self.unless, either=True),
        }
