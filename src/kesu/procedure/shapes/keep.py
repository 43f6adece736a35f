"""How long a record is kept, and who may destroy it then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from kesu.names import PostName, StepName
from kesu.reading.keys import Keys

from ..history.act import Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, Reason, Times, broken, cannot_tell, lacking_steps
from ..words.names import FACT
from .abilities import KeepsRecord
from .blank import Blank, Filling
from .shape import STANDING_IN, Each, Shape, Spoken, Vocabulary
from .slots import Length, Posts, Slots, Steps, Value
from .timed import Limit, read_limit


class Why(Reason):
    """Why it is not kept."""

    OTHER_POST = "other post"
    TOO_EARLY = "too early"
    NOT_BEGUN = "not begun"
    KEPT_FOR_GOOD = "kept for good"
    NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class Keep(Shape, KeepsRecord):
    """`keep: record, for: span, from: step, bars: destroyed, by: posts`; speaks of the acts whose fact `record` names it."""

    sign: ClassVar[str] = "keep"
    keys: ClassVar[frozenset[str]] = frozenset(
        {"keep", "for", "from", "bars", "by", "roll", "roll on", "cutoff", "deemed", "aim"}
    )
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)

    record: str
    limit: Limit
    start: StepName
    steps: tuple[StepName, ...]
    posts: tuple[PostName, ...]

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Keep:
        return cls(
            vocabulary.choice(keys.text("keep"), of="record"),
            read_limit(keys, "for"),
            vocabulary.step(keys.text("from")),
            vocabulary.steps_of(keys, "bars"),
            vocabulary.posts_of(keys, "by", needed=False),
        )

    def asked(self) -> tuple[str, ...]:
        return self.steps

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        if act.facts.get(FACT.RECORD) != self.record:
            return None
        if self.posts and not history.acts_as(act, self.posts):
            if act.post is None and not history.shown.posts:
                return cannot_tell(Why.NOT_SHOWN, posts=self.posts)
            return broken(Why.OTHER_POST, steps=(act.step,), posts=self.posts, post=act.post)
        begun = history.last(self.start)
        if begun is None:
            return broken(Why.NOT_BEGUN, lacks=lacking_steps(self.start))
        assert history.calendar is not None, "retention is judged through a file, which has a calendar"
        due = self.limit.due(calendar=history.calendar, start=begun.at)
        if due is None:
            return broken(Why.KEPT_FOR_GOOD, steps=(act.step,))
        if act.at >= due.at:
            return KEPT
        return broken(Why.TOO_EARLY, steps=(act.step,), times=Times(due))

    @property
    def changes_with_time(self) -> bool:
        return self.limit.span is not None

    def changes_at(self, history: History, act: Act) -> datetime | None:
        begun = history.last(self.start)
        if act.facts.get(FACT.RECORD) != self.record or begun is None:
            return None
        if self.posts and not history.acts_as(act, self.posts):
            return None
        assert history.calendar is not None, "retention is judged through a file, which has a calendar"
        due = self.limit.due(calendar=history.calendar, start=begun.at)
        return due.at if due is not None and act.at < due.at else None

    def fillings(self, blank: Blank, act: Act) -> Iterator[Filling]:
        for other in blank.another(FACT.RECORD, than=[self.record]):
            yield {FACT.RECORD: other}

    def reads(self) -> frozenset[str]:
        return frozenset({FACT.RECORD}) | (STANDING_IN if self.posts else frozenset())

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset((*self.steps, self.start)), self.reads())

    def wording(self) -> str:
        return "for good" if not self.limit.span else "rule" if self.posts else "anybody"

    def slots(self) -> Slots:
        return {
            "record": Value(FACT.RECORD, self.record),
            "span": Length(self.limit.span),
            "start": Steps((self.start,)),
            "posts": Posts(self.posts),
        }
