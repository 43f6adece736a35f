"""Where it goes: routing by facts of the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from kesu.reading.keys import Keys, known

from ..history.act import Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, broken, cannot_tell
from .shape import Each, Shape, Vocabulary

WHAT: Final = ("lead", "owner", "external part")  # what a route routes (semantics 4.4)


@dataclass(frozen=True)
class Send(Shape):
    """`send: steps, to: posts, as: lead`; `instead of` and `together with` settle two routes that can meet."""

    sign: ClassVar[str] = "send"
    keys: ClassVar[frozenset[str]] = frozenset({"send", "to", "as", "instead of", "together with"})

    steps: tuple[str, ...]
    posts: tuple[str, ...]
    what: str = "lead"
    instead_of: tuple[str, ...] = ()
    together_with: tuple[str, ...] = ()

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Send:
        return cls(
            vocabulary.steps_of(keys, "send"),
            vocabulary.posts_of(keys, "to"),
            _what(keys),
            tuple(map(str, keys.words("instead of"))),
            tuple(map(str, keys.words("together with"))),
        )

    def asked(self) -> tuple[str, ...]:
        return self.steps

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        if history.acts_as(act, self.posts):
            return KEPT
        if act.post is None and not history.shown.posts:
            return cannot_tell("not shown", posts=("posts", self.posts))
        return broken(
            f"other {self.what}",
            posts=("posts", self.posts),
            post=("post", act.post),
            steps=("steps", (act.step,)),
        )

    def slots(self) -> Mapping[str, object]:
        sentence = ("choice", "rule" if self.what == "lead" else self.what)
        return {"sentence": sentence, "steps": ("steps", self.steps), "posts": ("posts", self.posts)}


def _what(keys: Keys) -> str:
    word = keys.maybe("as")
    return "lead" if word is None else known(word, WHAT, what="“as”")
