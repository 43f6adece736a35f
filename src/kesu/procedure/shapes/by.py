"""Only this post takes the step (or: only who took, or did not take, an earlier one; or whom a fact of the act, or the file, names).

`everybody` is a word that has to be written: a step of which nothing says who takes it is a fault of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kesu.names import FactName, PostName, StepName
from kesu.reading.keys import Keys
from kesu.reading.strict import Block, fault

from ..history.act import MISSING, Act, Value
from ..history.circle import NOT_TOLD, Circle
from ..history.of_a_file import History
from ..history.verdict import KEPT, Outcome, Reason, broken, cannot_tell, lacking_facts
from ..kinds.person import PERSON
from .abilities import NamesADoer, SaysWho
from .abilities.persons import EVERYBODY
from .blank import Blank, Filling
from .shape import STANDING_IN, Each, Shape, Spoken, Vocabulary
from .slots import Facts, Posts, Slots, Steps


class Why(Reason):
    """Why it is not kept."""

    OTHER_POST = "other post"
    DID_IT = "did it"
    DID_NOT_DO_IT = "did not do it"
    ANOTHER_PERSON = "another person"
    NOT_ON_RECORD = "not on record"
    NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class By(Shape, NamesADoer, SaysWho):
    """`at: steps, by: posts` (or `everybody`), or `by: {who did: steps}`, `{not who did: steps}`,
    `{named in: person fact}` of the act itself, `{appointed in: person fact}` as the file stands.

    What everybody takes is asked of nobody: it has no finding, and bars nobody.
    """

    sign: ClassVar[str] = "by"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "by"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)
    about_persons: ClassVar[bool] = True

    steps: tuple[StepName, ...]
    posts: tuple[PostName, ...] = ()
    doers: tuple[StepName, ...] = ()
    apart: bool = False
    naming: FactName | None = None
    appointed: FactName | None = None
    everybody: bool = False

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> By:
        steps = vocabulary.steps_of(keys, "at")
        node = keys.need("by")
        if not isinstance(node, Block):
            return cls.of(steps, keys, vocabulary)
        inner = Keys(node, what="“by”")
        if len(node) != 1:
            raise fault(
                node,
                en="“by” takes one of “who did”, “not who did”, “named in” and “appointed in”",
                zh="“by”下只能写“who did”“not who did”“named in”“appointed in”之一",
            )
        if "named in" in inner:
            return cls(steps, naming=vocabulary.fact(inner.text("named in"), kinds=(PERSON,)))
        if "appointed in" in inner:
            return cls(steps, appointed=vocabulary.fact(inner.text("appointed in"), kinds=(PERSON,)))
        key = "not who did" if "not who did" in inner else "who did"
        made = cls(steps, (), vocabulary.steps_of(inner, key), key == "not who did")
        inner.done()
        return made

    @classmethod
    def of(cls, steps: tuple[StepName, ...], keys: Keys, vocabulary: Vocabulary) -> By:
        """The posts, or everybody, that stand under `by` as those who take the steps. Raises ReadError."""
        if EVERYBODY not in keys.words("by"):
            return cls(steps, vocabulary.posts_of(keys, "by"))
        if len(keys.words("by")) > 1:
            raise fault(
                keys.need("by"),
                en=f"“{EVERYBODY}” stands alone under “by”; where everybody may, no post has to be named",
                zh=f"“by”下写了“{EVERYBODY}”就不再写岗位：谁都可以办，不必另列",
            )
        return cls(steps, everybody=True)

    def asked(self) -> tuple[str, ...]:
        return () if self.everybody else self.steps

    def says_who_takes(self) -> tuple[StepName, ...]:
        return () if self.apart else self.steps

    def posts_named(self) -> tuple[str, ...] | None:
        return self.posts or None

    def hangs_on_more(self) -> bool:
        return bool(self.doers or self.of_the_person)

    @property
    def of_the_person(self) -> FactName | None:
        """The fact that names whoever takes the step, if one does."""
        return self.naming or self.appointed

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        if self.naming:
            return _by_name(act, self.naming, act.facts.get(self.naming))
        if self.appointed:
            named = history.value(self.appointed) if history.shown.persons else None
            return _by_name(act, self.appointed, None if named is MISSING else named)
        if self.doers:
            return self._by_doers(history, act)
        if history.acts_as(act, self.posts):
            return KEPT
        if act.post is None and not history.shown.posts:
            return cannot_tell(Why.NOT_SHOWN, posts=self.posts)
        return broken(Why.OTHER_POST, steps=(act.step,), posts=self.posts, post=act.post)

    def _by_doers(self, history: History, act: Act) -> Outcome:
        if act.by is None or not history.shown.persons:
            return cannot_tell(Why.NOT_SHOWN)
        did = act.by in history.persons(self.doers)
        if did is not self.apart:
            return KEPT
        return broken(Why.DID_IT if self.apart else Why.DID_NOT_DO_IT, steps=(act.step,))

    def lets(self, history: History, act: Act) -> Circle:
        if self.naming:
            return NOT_TOLD  # whom the form is going to name
        if self.appointed:
            named = history.value(self.appointed)
            return Circle(persons=frozenset({named})) if isinstance(named, str) else NOT_TOLD
        if self.doers:
            did = frozenset(history.persons(self.doers))
            return Circle(barred=did) if self.apart else Circle(persons=did)
        return Circle(posts=self.posts)

    def fillings(self, blank: Blank, act: Act) -> Iterator[Filling]:
        if self.naming is not None and self.naming in blank.asks:
            yield {self.naming: act.by}

    def reads(self) -> frozenset[str]:
        if self.of_the_person:
            return frozenset({self.of_the_person})
        return STANDING_IN if self.posts else frozenset()

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset((*self.steps, *self.doers)), self.reads())

    def wording(self) -> str:
        if self.everybody:
            return EVERYBODY
        if self.of_the_person:
            return "named" if self.naming else "appointed"
        return "apart" if self.apart else "doers" if self.doers else "rule"

    def slots(self) -> Slots:
        return {
            "steps": Steps(self.steps),
            "posts": Posts(self.posts),
            "doers": Steps(self.doers),
            "facts": Facts((self.of_the_person,) if self.of_the_person else ()),
        }


def _by_name(act: Act, fact: FactName, named: Value | None) -> Outcome:
    if act.by is None:
        return cannot_tell(Why.NOT_SHOWN)
    if named is None:
        return cannot_tell(Why.NOT_ON_RECORD, lacks=lacking_facts(fact))
    if act.by == named:
        return KEPT
    return broken(Why.ANOTHER_PERSON, steps=(act.step,), facts=(fact,))
