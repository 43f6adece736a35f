"""What a periodic report counts: the house enters it from the ledger when the report is compiled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from kesu.names import FactName, StepName
from kesu.reading.keys import Keys
from kesu.reading.strict import Scalar, fault
from kesu.reading.text import Text

from ..history.act import MISSING, Act, Missing, Value
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, Reason, broken, cannot_tell, lacking_facts
from ..kinds import kinds_that
from ..kinds.date import DATE
from ..when import ALWAYS, When, read_when
from ..words.names import STEP
from ..words.parts import BEGINNING
from .abilities import TotalsFigures
from .blank import Blank, Filling
from .shape import Each, Shape, Spoken, Vocabulary
from .slots import Condition, Facts, Linked, Slots, Steps

FIGURES: Final = STEP.FIGURES  # the step that the house takes


class Why(Reason):
    """Why it is not kept."""

    LACKING = "lacking"
    TURNED_ROUND = "turned round"


@dataclass(frozen=True)
class Figures(Shape, TotalsFigures):
    """`figures: procedure, at: step, from: date fact, to: date fact, by: [facts], where: {fact: value}`."""

    sign: ClassVar[str] = "figures"
    keys: ClassVar[frozenset[str]] = frozenset({"figures", "at", "from", "to", "by", "where"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)
    does: ClassVar[Text] = Text("要统计", "counts")

    procedure: str
    steps: tuple[StepName, ...]
    since: str
    until: str
    by: tuple[FactName, ...]
    where: When = ALWAYS

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Figures:
        procedure = keys.text("figures")
        vocabulary.step(Scalar(FIGURES, procedure.file, procedure.line))
        steps = vocabulary.steps_of(keys, "at")
        if set(steps).intersection(BEGINNING):
            raise fault(
                procedure,
                en=f"the rule “{vocabulary.rule}” enters figures with the first step; they come with a later one",
                zh=f"规则“{vocabulary.rule}”在立案时就汇入数据；应放在后面的步骤",
            )
        since, until = (vocabulary.fact(keys.text(key), kinds=(DATE,)) for key in ("from", "to"))
        by = vocabulary.facts_of(keys, "by", kinds=kinds_that(lambda kind: kind.classes))
        return cls(str(procedure), steps, since, until, by, read_when(keys.get("where")))

    def asked(self) -> tuple[str, ...]:
        return self.steps

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        words = (self.since, self.until)
        missing = tuple(word for word in words if _day(history.value(word, act)) is None)
        if missing:
            shown = all(map(history.shown.fact, missing))
            return (broken if shown else cannot_tell)(Why.LACKING, lacks=lacking_facts(*missing))
        since, until = self.period(history, act)
        return KEPT if since <= until else broken(Why.TURNED_ROUND, facts=words)

    def period(self, history: History, act: Act) -> tuple[date, date]:
        """The first and the last day counted, of an act that was accepted."""
        since, until = (_day(history.value(word, act)) for word in (self.since, self.until))
        assert since is not None
        assert until is not None
        return since, until

    def fillings(self, blank: Blank, act: Act) -> Iterator[Filling]:
        days = [
            day
            for word in (self.since, self.until)
            if (day := _day(blank.history.value(word, act))) is not None
        ]
        for day in days or [act.at.date()]:
            yield {word: day.isoformat() for word in (self.since, self.until) if word in blank.asks}

    def reads(self) -> frozenset[str]:
        return frozenset({self.since, self.until})

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset(self.steps), self.reads())

    def wording(self) -> str:
        return "where" if self.where.conditions else "rule"

    def slots(self) -> Slots:
        return {
            "steps": Steps(self.steps),
            "procedure": Linked(self.procedure),
            "since": Facts((self.since,)),
            "until": Facts((self.until,)),
            "by": Facts(self.by),
            "where": Condition(self.where),
        }


def _day(value: Value | Missing) -> date | None:
    try:
        return None if value is MISSING or value is None else date.fromisoformat(str(value))
    except ValueError:
        return None
