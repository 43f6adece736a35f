"""A time to wait: the step comes only when so long has passed, or when what was waited for has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from kesu.names import StepName
from kesu.reading.keys import Keys
from kesu.worktime.due import Due

from ..history.act import Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, Reason, Times, broken, cannot_tell, lacking_steps
from .shape import Each, Shape, Spoken, Vocabulary
from .slots import AnyOf, Length, Slots, Steps
from .timed import Limit, read_limit


class Why(Reason):
    """Why it is not kept."""

    TOO_EARLY = "too early"
    NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class Waits(Shape):
    """`at: steps, waits: span, from: step, unless: steps`: not before the time is over, unless one of these came since.

    It is counted from the last act of `from`; before the first it has nothing to say, and other rules ask for that step.
    """

    sign: ClassVar[str] = "waits"
    keys: ClassVar[frozenset[str]] = frozenset(
        {"at", "waits", "from", "unless", "roll", "roll on", "cutoff", "deemed", "aim"}
    )
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)
    gate: ClassVar[bool] = True

    steps: tuple[StepName, ...]
    limit: Limit
    start: StepName
    unless: tuple[StepName, ...]

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Waits:
        return cls(
            vocabulary.steps_of(keys, "at"),
            read_limit(keys, cls.sign),
            vocabulary.step(keys.text("from")),
            vocabulary.steps_of(keys, "unless") if "unless" in keys else (),
        )

    def asked(self) -> tuple[str, ...]:
        return self.steps

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        begun = history.last(self.start)
        if begun is None:
            return (
                None
                if history.shown.step(self.start)
                else cannot_tell(Why.NOT_SHOWN, lacks=lacking_steps(self.start))
            )
        until = self._over(history, begun)
        if until is None or act.at >= until.at or self._came(history, begun):
            return KEPT
        if self.unless and not any(map(history.shown.step, self.unless)):
            return cannot_tell(Why.NOT_SHOWN, lacks=lacking_steps(*self.unless))
        return broken(
            Why.TOO_EARLY,
            lacks=lacking_steps(*self.unless),
            steps=(act.step,),
            times=Times(until, moved=act.at),
        )

    @property
    def changes_with_time(self) -> bool:
        return self.limit.span is not None

    def changes_at(self, history: History, act: Act) -> datetime | None:
        begun = history.last(self.start)
        if begun is None or self._came(history, begun):
            return None
        until = self._over(history, begun)
        return until.at if until is not None and act.at < until.at else None

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset((*self.steps, self.start, *self.unless)), self.reads())

    def mended_by(self) -> tuple[str, ...]:
        return self.unless

    def wording(self) -> str:
        if self.limit.span is None:
            return "no limit"
        return "unless" if self.unless else "rule"

    def slots(self) -> Slots:
        return {
            "steps": Steps(self.steps),
            "start": Steps((self.start,)),
            "span": Length(self.limit.span),
            "unless": AnyOf(self.unless),
        }

    def _over(self, history: History, begun: Act) -> Due | None:
        assert history.calendar is not None, "a time to wait is judged through a file, which has a calendar"
        return self.limit.due(calendar=history.calendar, start=begun.at)

    def _came(self, history: History, begun: Act) -> bool:
        """Whether what makes waiting needless came after it began."""
        return any((last := history.last(step)) and last.number > begun.number for step in self.unless)
