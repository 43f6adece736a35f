"""Where it goes: routing by facts of the case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from kesu.names import PostName, RuleName, StepName
from kesu.reading.keys import Keys, known_word

from ..history.act import Act
from ..history.circle import Circle
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, Reason, broken, cannot_tell
from .abilities import SaysWho, Sends
from .shape import STANDING_IN, Each, Shape, Spoken, Vocabulary
from .slots import Posts, Slots, Steps

WHAT: Final = ("lead", "owner", "external part")  # what a route routes (semantics 4.4)


class Why(Reason):
    """Why it is not kept."""

    OTHER_LEAD = "other lead"
    OTHER_OWNER = "other owner"
    OTHER_EXTERNAL_PART = "other external part"
    NOT_SHOWN = "not shown"


OTHER: Final = {"lead": Why.OTHER_LEAD, "owner": Why.OTHER_OWNER, "external part": Why.OTHER_EXTERNAL_PART}


@dataclass(frozen=True)
class Send(Shape, Sends, SaysWho):
    """`send: steps, to: posts, as: lead`; `instead of` and `together with` settle two routes that can meet."""

    sign: ClassVar[str] = "send"
    keys: ClassVar[frozenset[str]] = frozenset({"send", "to", "as", "instead of", "together with"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)
    about_persons: ClassVar[bool] = True

    steps: tuple[StepName, ...]
    posts: tuple[PostName, ...]
    what: str = "lead"
    instead_of: tuple[RuleName, ...] = ()
    together_with: tuple[RuleName, ...] = ()

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Send:
        return cls(
            vocabulary.steps_of(keys, "send"),
            vocabulary.posts_of(keys, "to"),
            _what(keys),
            tuple(RuleName(word) for word in keys.words("instead of")),
            tuple(RuleName(word) for word in keys.words("together with")),
        )

    def asked(self) -> tuple[str, ...]:
        return self.steps

    def says_who_takes(self) -> tuple[StepName, ...]:
        return self.steps

    def posts_named(self) -> tuple[str, ...] | None:
        return self.posts

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        if history.acts_as(act, self.posts):
            return KEPT
        if act.post is None and not history.shown.posts:
            return cannot_tell(Why.NOT_SHOWN, posts=self.posts)
        return broken(OTHER[self.what], steps=(act.step,), posts=self.posts, post=act.post)

    def lets(self, history: History, act: Act) -> Circle:
        return Circle(posts=self.posts)

    def reads(self) -> frozenset[str]:
        return STANDING_IN

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset(self.steps), self.reads())

    def wording(self) -> str:
        return "rule" if self.what == "lead" else self.what

    def slots(self) -> Slots:
        return {"steps": Steps(self.steps), "posts": Posts(self.posts)}


def _what(keys: Keys) -> str:
    word = keys.maybe("as")
    return "lead" if word is None else known_word(word, WHAT, what="“as”")
