"""One act of several posts: each by another person, on the same content (semantics 4.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from kesu.names import StepName
from kesu.reading.keys import Keys
from kesu.reading.strict import fault

from ..history.act import Act
from ..history.circle import Circle
from ..history.of_a_file import History, Joint
from ..history.verdict import KEPT, Outcome, Reason, broken, cannot_tell
from .abilities import SaysWho
from .blank import Blank, Filling
from .shape import Each, Shape, Spoken, Vocabulary
from .slots import AllPosts, Facts, Slots, Steps


class Why(Reason):
    """Why it is not kept."""

    OTHER_POST = "other post"
    SAME_PERSON = "same person"
    OUT_OF_ORDER = "out of order"
    NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class Together(Shape, SaysWho):
    """`at: step, together: posts, content: facts, in order: yes`; a change of content voids what was given."""

    sign: ClassVar[str] = "together"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "together", "content", "in order"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)
    about_persons: ClassVar[bool] = True

    step: StepName
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

    def says_who_takes(self) -> tuple[StepName, ...]:
        return (self.step,)

    def posts_named(self) -> tuple[str, ...] | None:
        return self.posts

    def joint(self) -> Mapping[str, Joint]:
        return {self.step: Joint(self.posts, self.content, self.ordered)}

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        if act.post is None and not history.shown.posts:
            return cannot_tell(Why.NOT_SHOWN, posts=self.posts)
        seat = act.seat(self.posts)
        if seat is None:
            return broken(Why.OTHER_POST, steps=(act.step,), posts=self.posts, post=act.post)
        given = self._given(history, act)
        if any(one.by == act.by and one.seat(self.posts) != seat for one in given):
            return broken(Why.SAME_PERSON, steps=(act.step,), persons=(act.by,) if act.by else ())
        before = self.posts[: self.posts.index(seat)] if self.ordered else ()
        lacking = tuple(post for post in before if all(one.seat(self.posts) != post for one in given))
        return broken(Why.OUT_OF_ORDER, steps=(act.step,), posts=lacking) if lacking else KEPT

    def lets(self, history: History, act: Act) -> Circle:
        given = self._given(history, act)
        seats = {one.seat(self.posts) for one in given}
        turns = next((place + 1 for place, post in enumerate(self.posts) if post not in seats), None)
        parts: dict[str, frozenset[str | None]] = {
            one.by: frozenset(other.seat(self.posts) for other in given if other.by == one.by)
            for one in given
            if one.by is not None
        }
        return Circle(posts=self.posts[:turns] if self.ordered else self.posts, parts=parts)

    def _given(self, history: History, act: Act) -> list[Act]:
        """The parts given already on the content of this act."""
        return [one for one in history.all(self.step) if self._content(one) == self._content(act)]

    def _content(self, act: Act) -> list[object]:
        return [act.facts.get(word) for word in self.content]

    def fillings(self, blank: Blank, act: Act) -> Iterator[Filling]:
        for one in blank.history.all(self.step):
            yield {word: one.facts[word] for word in self.content if word in one.facts and word in blank.asks}
        for word in self.content:
            given = [one.facts.get(word) for one in blank.history.all(self.step)]
            yield from ({word: value} for value in blank.another(word, than=given))

    def reads(self) -> frozenset[str]:
        return frozenset(self.content)

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset((self.step,)), self.reads())

    def wording(self) -> str:
        return "in order" if self.ordered else "rule"

    def slots(self) -> Slots:
        return {"steps": Steps((self.step,)), "all": AllPosts(self.posts), "facts": Facts(self.content)}
