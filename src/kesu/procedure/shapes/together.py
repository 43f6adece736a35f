"""One act of several posts: each by another person, on the same content (semantics 4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from kesu.reading.keys import Keys
from kesu.reading.strict import fault

from ..history.act import Act
from ..history.of_a_file import History, Joint
from ..history.verdict import KEPT, Outcome, broken, cannot_tell
from .shape import Each, Shape, Vocabulary


@dataclass(frozen=True)
class Together(Shape):
    """`at: step, together: posts, content: facts, in order: yes`; a change of content voids what was given."""

    sign: ClassVar[str] = "together"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "together", "content", "in order"})

    step: str
    posts: tuple[str, ...]
    content: tuple[str, ...] = ()
    ordered: bool = False

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Together:
        step = vocabulary.step(keys.text("at"))
        posts = vocabulary.posts_of(keys, "together")
        if len(set(posts)) < 2:
            raise fault(
                keys.need("together"),
                en=f"“together” of the rule “{vocabulary.rule}” wants at least two posts",
                zh=f"规则“{vocabulary.rule}”的“together”至少要写两个岗位",
            )
        return cls(step, posts, vocabulary.facts_of(keys, "content"), keys.flag("in order"))

    def asked(self) -> tuple[str, ...]:
        return (self.step,)

    def joint(self) -> Mapping[str, Joint]:
        return {self.step: Joint(self.posts, self.content, self.ordered)}

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        if act.post is None and not history.shown.posts:
            return cannot_tell("not shown", posts=("posts", self.posts))
        seat = act.seat(self.posts)
        if seat is None:
            return broken(
                "other post",
                posts=("all posts", self.posts),
                post=("post", act.post),
                steps=("steps", (self.step,)),
            )
        given = [one for one in history.all(self.step) if self._content(one) == self._content(act)]
        if any(one.by == act.by and one.seat(self.posts) != seat for one in given):
            return broken("same person", persons=("persons", (act.by,)), steps=("steps", (self.step,)))
        before = self.posts[: self.posts.index(seat)] if self.ordered else ()
        lacking = tuple(post for post in before if all(one.seat(self.posts) != post for one in given))
        return (
            broken("out of order", posts=("posts", lacking), steps=("steps", (self.step,)))
            if lacking
            else KEPT
        )

    def _content(self, act: Act) -> list[object]:
        return [act.facts.get(word) for word in self.content]

    def reads(self) -> frozenset[str]:
        return frozenset(self.content)

    def slots(self) -> Mapping[str, object]:
        return {
            "sentence": ("choice", "in order" if self.ordered else "rule"),
            "steps": ("steps", (self.step,)),
            "posts": ("all posts", self.posts),
            "facts": ("facts", self.content),
        }
