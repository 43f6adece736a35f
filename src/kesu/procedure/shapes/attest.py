"""Conduct that software can show and have confirmed, not enforce (semantics 4.10: a tick is not an attestation)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from kesu.names import PostName, StepName
from kesu.reading.keys import Keys

from ..history.act import MISSING, Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, Reason, broken, cannot_tell, lacking_steps
from ..words.names import FACT, STEP
from .abilities import WantsAttested
from .shape import Each, Shape, Spoken, Vocabulary
from .slots import Posts, Slots, Steps, Value

WANTED: Final = (FACT.COUNTERPART, FACT.CONTENT)


class Why(Reason):
    """Why it is not kept."""

    LACKING = "lacking"
    NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class Attest(Shape, WantsAttested):
    """`attest: conduct, by: posts, before: steps or the end`; reminds, never bars."""

    sign: ClassVar[str] = "attest"
    keys: ClassVar[frozenset[str]] = frozenset({"attest", "by", "before"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)
    bars: ClassVar[bool] = False
    how: ClassVar[str] = "attested"
    published: ClassVar[bool] = False

    conduct: str
    posts: tuple[PostName, ...]
    steps: tuple[StepName, ...]

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Attest:
        return cls(
            vocabulary.choice(keys.text("attest"), of=FACT.CONDUCT),
            vocabulary.posts_of(keys, "by", needed=False),
            vocabulary.steps_of(keys, "before", end=True),
        )

    def asked(self) -> tuple[str, ...]:
        return self.steps

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        if self.given(history):
            return KEPT
        if not history.shown.step(STEP.ATTESTED):
            return cannot_tell(Why.NOT_SHOWN, lacks=lacking_steps(STEP.ATTESTED))
        return broken(Why.LACKING, lacks=lacking_steps(STEP.ATTESTED), posts=self.posts)

    def given(self, history: History) -> bool:
        acts = [one for one in history.all(STEP.ATTESTED) if one.facts.get(FACT.CONDUCT) == self.conduct]
        return any(self._whole(one) for one in acts)

    def _whole(self, act: Act) -> bool:
        right_post = not self.posts or act.seat(self.posts) is not None
        return (
            right_post
            and act.by is not None
            and all(act.facts.get(word, MISSING) not in (MISSING, None, "") for word in WANTED)
        )

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset((*self.steps, STEP.ATTESTED)), self.reads())

    def wording(self) -> str:
        return "rule" if self.posts else "anybody"

    def slots(self) -> Slots:
        return {
            "conduct": Value(FACT.CONDUCT, self.conduct),
            "posts": Posts(self.posts),
            "steps": Steps(self.steps),
        }
