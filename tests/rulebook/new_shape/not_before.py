"""A time to wait: the step is taken only when a span has passed since another (a cooling-off period)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from kesu.procedure.history.act import Act
from kesu.procedure.history.of_a_file import History
from kesu.procedure.history.verdict import KEPT, Outcome, Reason, Times, broken, lacking_steps
from kesu.procedure.shapes.shape import Each, Shape, Spoken, Vocabulary
from kesu.procedure.shapes.slots import Length, Slots, Steps
from kesu.procedure.shapes.timed import Limit, read_limit
from kesu.reading.keys import Keys


class Why(Reason):
    """Why it is not kept."""

    TOO_EARLY = "too early"
    NOT_BEGUN = "not begun"


@dataclass(frozen=True)
class NotBefore(Shape):
    """`at: steps, not before: span, since: step`."""

    sign: ClassVar[str] = "not before"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "not before", "since"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)

    steps: tuple[str, ...]
    limit: Limit
    since: str

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> NotBefore:
        return cls(
            vocabulary.steps_of(keys, "at"),
            read_limit(keys, "not before"),
            vocabulary.step(keys.text("since")),
        )

    def asked(self) -> tuple[str, ...]:
        return self.steps

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        begun = history.last(self.since)
        if begun is None:
            return broken(Why.NOT_BEGUN, lacks=lacking_steps(self.since), steps=(act.step,))
        assert history.calendar is not None
        due = self.limit.due(calendar=history.calendar, start=begun.at)
        if due is None or act.at >= due.at:
            return KEPT
        return broken(Why.TOO_EARLY, steps=(act.step,), times=Times(due))

    @property
    def changes_with_time(self) -> bool:
        return self.limit.span is not None

    def changes_at(self, history: History, act: Act) -> datetime | None:
        begun = history.last(self.since)
        if begun is None:
            return None
        assert history.calendar is not None
        due = self.limit.due(calendar=history.calendar, start=begun.at)
        return due.at if due is not None and act.at < due.at else None

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset((*self.steps, self.since)), self.reads())

    def slots(self) -> Slots:
        return {
            "steps": Steps(self.steps),
            "since": Steps((self.since,)),
            "span": Length(self.limit.span),
        }
