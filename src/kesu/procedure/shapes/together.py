"""One act of several posts: each by another person, on the same content (semantics 4.2); a part may be for any of some posts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from kesu.names import FactName, StepName
from kesu.reading.keys import Keys
from kesu.reading.strict import Node, Scalar, Series, fault

from ..history.act import Act
from ..history.circle import Circle
from ..history.of_a_file import History, Joint
from ..history.verdict import KEPT, Outcome, Reason, broken, cannot_tell
from .abilities import SaysWho
from .blank import Blank, Filling
from .shape import Each, Shape, Spoken, Vocabulary
from .slots import Facts, Parts, Slots, Steps


class Why(Reason):
    """Why it is not kept."""

    OTHER_POST = "other post"
    SAME_PERSON = "same person"
    OUT_OF_ORDER = "out of order"
    NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class Together(Shape, SaysWho):
    """`at: step, together: [post, {any of: [posts]}], content: facts, in order: yes`; a change of content voids what was given.

    A part that is for any of some posts is given once, in one of them.
    """

    sign: ClassVar[str] = "together"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "together", "content", "in order"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)
    about_persons: ClassVar[bool] = True

    step: StepName
    parts: tuple[tuple[str, ...], ...]
    content: tuple[FactName, ...] = ()
    ordered: bool = False

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Together:
        step = vocabulary.step(keys.text("at"))
        parts = _parts(keys, vocabulary)
        posts = [post for part in parts for post in part]
        if len(parts) < 2 or len(set(posts)) < len(posts):
            raise fault(
                keys.need("together"),
                en=f"“together” of the rule “{vocabulary.rule}” wants at least two parts, each for other posts",
                zh=f"规则“{vocabulary.rule}”的“together”至少要写两方，各方的岗位不能相同",
            )
        return cls(step, parts, vocabulary.facts_of(keys, "content"), keys.flag("in order"))

    @property
    def posts(self) -> tuple[str, ...]:
        """All posts that may give a part."""
        return tuple(post for part in self.parts for post in part)

    def asked(self) -> tuple[str, ...]:
        return (self.step,)

    def says_who_takes(self) -> tuple[StepName, ...]:
        return (self.step,)

    def posts_named(self) -> tuple[str, ...] | None:
        return self.posts

    def joint(self) -> Mapping[str, Joint]:
        return {self.step: self._joint}

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        if act.post is None and not history.shown.posts:
            return cannot_tell(Why.NOT_SHOWN, posts=self.posts)
        part = self._joint.part(act)
        if part is None:
            return broken(Why.OTHER_POST, steps=(act.step,), posts=self.posts, post=act.post)
        given = self._given(history, act)
        if any(one.by == act.by and self._joint.part(one) != part for one in given):
            return broken(Why.SAME_PERSON, steps=(act.step,), persons=(act.by,) if act.by else ())
        before = self.parts[: self.parts.index(part)] if self.ordered else ()
        there = [self._joint.part(one) for one in given]
        lacking = tuple(post for other in before if other not in there for post in other)
        return broken(Why.OUT_OF_ORDER, steps=(act.step,), posts=lacking) if lacking else KEPT

    def lets(self, history: History, act: Act) -> Circle:
        given = [(one.by, self._joint.part(one) or ()) for one in self._given(history, act)]
        there = {part for _, part in given}
        turns = next((place + 1 for place, part in enumerate(self.parts) if part not in there), None)
        parts: dict[str, frozenset[str]] = {
            person: frozenset[str].intersection(*(frozenset(part) for by, part in given if by == person))
            for person, _ in given
            if person is not None
        }
        turn = tuple(post for part in self.parts[:turns] for post in part)
        return Circle(posts=turn if self.ordered else self.posts, parts=parts)

    @cached_property
    def _joint(self) -> Joint:
        return Joint(self.parts, self.content, self.ordered)

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
        return {"steps": Steps((self.step,)), "all": Parts(self.parts), "facts": Facts(self.content)}


def _parts(keys: Keys, vocabulary: Vocabulary) -> tuple[tuple[str, ...], ...]:
    """Each part with the posts of which any may give it."""
    node = keys.need("together")
    return tuple(_part(item, vocabulary) for item in (node if isinstance(node, Series) else [node]))


def _part(node: Node, vocabulary: Vocabulary) -> tuple[str, ...]:
    if isinstance(node, Scalar):
        return (vocabulary.post(node),)
    keys = Keys(node, what=f"a part of “together” of the rule “{vocabulary.rule}”")
    posts = vocabulary.posts_of(keys, "any of")
    keys.done()
    return posts
