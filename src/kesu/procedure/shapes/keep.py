"""How long a record is kept, and who may destroy it then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from kesu.reading.keys import Keys

from ..history.act import Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, broken, cannot_tell
from ..words.names import FACT
from .shape import Each, Shape, Vocabulary
from .timed import Limit, read_limit


@dataclass(frozen=True)
class Keep(Shape):
    """`keep: record, for: span, from: step, bars: destroyed, by: posts`; speaks of the acts whose fact `record` names it."""

    sign: ClassVar[str] = "keep"
    keys: ClassVar[frozenset[str]] = frozenset(
        {"keep", "for", "from", "bars", "by", "roll", "roll on", "cutoff", "deemed", "aim"}
    )
    by_time: ClassVar[bool] = True

    record: str
    limit: Limit
    start: str
    steps: tuple[str, ...]
    posts: tuple[str, ...]

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
                return cannot_tell("not shown", posts=("posts", self.posts))
            return broken(
                "other post",
                record=("value", ("record", self.record)),
                posts=("posts", self.posts),
                post=("post", act.post),
                steps=("steps", (act.step,)),
            )
        begun = history.last(self.start)
        if begun is None:
            return broken("not begun", missing=(self.start,), start=("steps", (self.start,)))
        assert history.calendar is not None, "retention is judged through a file, which has a calendar"
        due = self.limit.due(calendar=history.calendar, start=begun.at)
        if due is None:
            return broken("kept for good", steps=("steps", (act.step,)))
        if act.at >= due.at:
            return KEPT
        return broken("too early", due=("due", due), steps=("steps", (act.step,)))

    def reads(self) -> frozenset[str]:
        return frozenset({"record"})

    def slots(self) -> Mapping[str, object]:
        return {
            "sentence": (
                "choice",
                "for good" if not self.limit.span else "rule" if self.posts else "anybody",
            ),
            "record": ("value", ("record", self.record)),
            "span": ("span", self.limit.span),
            "start": ("steps", (self.start,)),
            "posts": ("posts", self.posts),
        }
