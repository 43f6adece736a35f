"""Every item of a checklist has an answer, and “not needed” its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kesu.names import FactName, StepName
from kesu.reading.keys import Keys

from ..history.act import Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, Reason, Things, broken, cannot_tell, lacking_facts
from ..kinds.checklist import CHECKLIST, reason_not_needed
from ..words import facts
from .abilities import WantsFacts
from .blank import Blank, Filling
from .shape import Each, Shape, Spoken, Vocabulary
from .slots import Facts, Slots, Steps


class Why(Reason):
    """Why it is not kept."""

    LACKING = "lacking"
    NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class Complete(Shape, WantsFacts):
    """`at: steps, complete: checklist`; an answer is a text, or “not needed: the reason”."""

    sign: ClassVar[str] = "complete"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "complete"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)

    steps: tuple[StepName, ...]
    checklist: FactName

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Complete:
        return cls(
            vocabulary.steps_of(keys, "at"), vocabulary.fact(keys.text("complete"), kinds=(CHECKLIST,))
        )

    def asked(self) -> tuple[str, ...]:
        return self.steps

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        if not history.shown.fact(self.checklist):
            return cannot_tell(Why.NOT_SHOWN, lacks=lacking_facts(self.checklist))
        given = act.facts.get(self.checklist)
        answers = given if isinstance(given, dict) else {}
        open_items = tuple(
            item for item in facts()[self.checklist].choices if not _answered(answers.get(item))
        )
        if not open_items:
            return KEPT
        return broken(
            Why.LACKING,
            lacks=lacking_facts(self.checklist),
            steps=(act.step,),
            things=Things(self.checklist, open_items),
        )

    def fillings(self, blank: Blank, act: Act) -> Iterator[Filling]:
        if self.checklist in blank.asks:
            yield {self.checklist: dict.fromkeys(facts()[self.checklist].choices, "—")}

    def reads(self) -> frozenset[str]:
        return frozenset({self.checklist})

    def wanted(self) -> frozenset[str]:
        return frozenset({self.checklist})

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset(self.steps), self.reads())

    def slots(self) -> Slots:
        items = tuple(facts()[self.checklist].choices)
        return {
            "steps": Steps(self.steps),
            "items": Things(self.checklist, items),
            "fact": Facts((self.checklist,)),
        }


def _answered(answer: object) -> bool:
    return isinstance(answer, str) and bool(answer.strip()) and reason_not_needed(answer) != ""
