"""Only this post takes the step (or: only who took, or did not take, an earlier one; or whom a fact of the act names)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from kesu.reading.keys import Keys
from kesu.reading.strict import Block, fault

from ..history.act import Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, broken, cannot_tell
from ..kinds.person import PERSON
from .shape import Each, Shape, Vocabulary


@dataclass(frozen=True)
class By(Shape):
    """`at: steps, by: posts` or `by: {who did: steps}` or `by: {not who did: steps}` or `by: {named in: person fact}`."""

    sign: ClassVar[str] = "by"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "by"})

    steps: tuple[str, ...]
    posts: tuple[str, ...] = ()
    doers: tuple[str, ...] = ()
    apart: bool = False
    naming: str | None = None

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> By:
        steps = vocabulary.steps_of(keys, "at")
        node = keys.need("by")
        if not isinstance(node, Block):
            return cls(steps, vocabulary.posts_of(keys, "by"))
        inner = Keys(node, what="“by”")
        if len(node) != 1:
            raise fault(
                node,
                en="“by” takes one of “who did”, “not who did” and “named in”",
                zh="“by”下只能写“who did”“not who did”“named in”之一",
            )
        if "named in" in inner:
            naming = vocabulary.fact(inner.text("named in"), kinds=(PERSON,))
            inner.done()
            return cls(steps, naming=naming)
        key = "not who did" if "not who did" in inner else "who did"
        made = cls(steps, (), vocabulary.steps_of(inner, key), key == "not who did")
        inner.done()
        return made

    def asked(self) -> tuple[str, ...]:
        return self.steps

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        if self.naming:
            return self._by_name(act, self.naming)
        if self.doers:
            return self._by_doers(history, act)
        if history.acts_as(act, self.posts):
            return KEPT
        if act.post is None and not history.shown.posts:
            return cannot_tell("not shown", posts=("posts", self.posts))
        return broken(
            "other post", posts=("posts", self.posts), post=("post", act.post), steps=("steps", (act.step,))
        )

    def _by_doers(self, history: History, act: Act) -> Outcome:
        if act.by is None or not history.shown.persons:
            return cannot_tell("not shown", posts=("posts", ()))
        did = act.by in history.persons(self.doers)
        if did is not self.apart:
            return KEPT
        why = "did it" if self.apart else "did not do it"
        return broken(why, doers=("steps", self.doers), steps=("steps", (act.step,)))

    def _by_name(self, act: Act, fact: str) -> Outcome:
        named = act.facts.get(fact)
        if act.by is None:
            return cannot_tell("not shown", posts=("posts", ()))
        if named is None:
            return cannot_tell("not on record", missing=(fact,), facts=("facts", (fact,)))
        if act.by == named:
            return KEPT
        return broken("another person", facts=("facts", (fact,)), steps=("steps", (act.step,)))

    def reads(self) -> frozenset[str]:
        return frozenset({self.naming}) if self.naming else frozenset()

    def bars_doers(self, step: str) -> tuple[str, ...]:
        return self.doers if self.apart else ()

    def slots(self) -> Mapping[str, object]:
        kind = "named" if self.naming else "apart" if self.apart else "doers" if self.doers else "rule"
        return {
            "sentence": ("choice", kind),
            "steps": ("steps", self.steps),
            "posts": ("posts", self.posts),
            "doers": ("steps", self.doers),
            "facts": ("facts", (self.naming,) if self.naming else ()),
        }
