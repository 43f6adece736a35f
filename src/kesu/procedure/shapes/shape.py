"""What every shape offers: its keys, when it is asked, its judgement, and the slots of its sentence."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Final

from kesu.names import FactName, PostName, StepName
from kesu.reading.called import known_called, name_called, suggested
from kesu.reading.keys import Keys
from kesu.reading.strict import Block, Scalar, fault
from kesu.reading.text import Text

from ..history.act import Act
from ..history.circle import EVERYBODY, Circle
from ..history.of_a_file import History, Joint
from ..history.verdict import Outcome, Reason, cannot_tell, lacking_facts
from ..kinds import Kind
from ..words import derived_only, facts, spoken_now
from ..words.names import FACT
from .blank import Blank, Filling
from .slots import Slots
from .timed import Timed

END: Final = StepName(
    "the end"
)  # in a rule: any step that ends the file; in a log: the end of a complete case


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the words of a rule may be: the steps and posts of this procedure."""

    steps: Mapping[str, Text]
    posts: Mapping[str, Text]
    rule: str = ""

    def step(self, word: Scalar) -> StepName:
        """A step of this procedure."""
        en, zh = "step “{}”, which no line under “steps” names", "步骤“{}”在“steps”里没有"
        return StepName(self._known(word, self.steps, en=en, zh=zh))

    def post(self, word: Scalar) -> PostName:
        """A post of this procedure."""
        en, zh = "post “{}”, which no line under “posts” names", "岗位“{}”在“posts”里没有"
        return PostName(self._known(word, self.posts, en=en, zh=zh))

    def fact(self, word: Scalar, *, kinds: tuple[Kind, ...] = (), derived: bool = False) -> FactName:
        """A fact the software knows, of one of these kinds if any are given; one that follows from others only where said.

        Raises ReadError.
        """
        en, zh = "fact “{}”, which the software does not know", "事实“{}”软件不认识"
        name = FactName(self._known(word, spoken_now().fact_titles, en=en, zh=zh))
        if kinds and facts()[name].kind not in kinds:
            raise fault(
                word,
                en=f"the rule “{self.rule}” needs a fact of the kind {' or '.join(map(str, kinds))}; “{name}” is of the kind {facts()[name].kind}",
                zh=f"规则“{self.rule}”这里要用 {' 或 '.join(map(str, kinds))} 类的事实；“{name}”是 {facts()[name].kind} 类",
            )
        if facts()[name].derived is not None and not derived:
            raise fault(word, **derived_only(name))
        return name

    def open_fact(self, word: Scalar, *, kinds: tuple[Kind, ...] = ()) -> FactName:
        """The same for a fact that rules compare: one that can be erased is refused."""
        name = self.fact(word, kinds=kinds)
        if facts()[name].erasable:
            raise fault(
                word,
                en=f"the rule “{self.rule}” compares “{name}”, which is personal or free text and can be erased; use a classified fact",
                zh=f"规则“{self.rule}”要比较“{name}”，而它是个人信息或自由文字，可能被抹去；请改用分类事实",
            )
        return name

    def choice(self, word: Scalar, *, of: str) -> str:
        """One of the values that a fact can take."""
        return known_called(word, facts()[of].choices, what=f"the value of “{of}”")

    def is_step(self, word: Scalar) -> bool:
        """Whether a step of this procedure has this name or title."""
        return name_called(word, self.steps) is not None

    def steps_of(self, keys: Keys, key: str, *, end: bool = False) -> tuple[StepName, ...]:
        """One step or several under a key; `the end` where that makes sense. Raises ReadError."""
        words = keys.words(key)
        if not words:
            raise fault(
                keys.block, en=f"the rule “{self.rule}” needs “{key}”", zh=f"规则“{self.rule}”缺少“{key}”"
            )
        return tuple(END if end and str(word) == END else self.step(word) for word in words)

    def all_or_one(self, keys: Keys, key: str) -> tuple[tuple[StepName, ...], bool]:
        """The steps under a key, and whether one of them is enough: `{any of: steps}`. Raises ReadError."""
        node = keys.need(key)
        if not isinstance(node, Block):
            return self.steps_of(keys, key), False
        inner = Keys(node, what=f"“{key}”")
        steps = self.steps_of(inner, "any of")
        inner.done()
        return steps, True

    def facts_of(self, keys: Keys, key: str, *, kinds: tuple[Kind, ...] = ()) -> tuple[FactName, ...]:
        """One fact or several under a key that is there; of these kinds, if any are given."""
        self._not_empty(keys, key)
        return tuple(self.fact(word, kinds=kinds) for word in keys.words(key))

    def open_facts_of(self, keys: Keys, key: str) -> tuple[FactName, ...]:
        """The same for facts that rules compare or reports group by."""
        self.facts_of(keys, key)
        return tuple(self.open_fact(word) for word in keys.words(key))

    def posts_of(self, keys: Keys, key: str, *, needed: bool = True) -> tuple[PostName, ...]:
        """One post or several under a key; none at all only where they are not needed and the key is absent."""
        if needed or key in keys:
            keys.need(key)
            self._not_empty(keys, key)
        return tuple(self.post(word) for word in keys.words(key))

    def _known(self, word: Scalar, among: Mapping[str, Text], *, en: str, zh: str) -> str:
        name = name_called(word, among)
        if name is not None:
            return name
        near_en, near_zh = suggested(word, among)
        who_en = f"the rule “{self.rule}”" if self.rule else "the procedure"
        who_zh = f"规则“{self.rule}”" if self.rule else "程序文件"
        raise fault(
            word,
            en=f"{who_en} speaks of the {en.format(word)}{near_en}",
            zh=f"{who_zh}里的{zh.format(word)}{near_zh}",
        )

    def _not_empty(self, keys: Keys, key: str) -> None:
        if key in keys and not keys.words(key):
            raise fault(
                keys.need(key),
                en=f"“{key}” of the rule “{self.rule}” is an empty list",
                zh=f"规则“{self.rule}”的“{key}”是空的",
            )


@dataclass(frozen=True, slots=True)
class Each:
    """The things to which a rule with `for each` applies at this act."""

    word: FactName
    things: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sure:
    """Enough to keep a rule: steps that stand, steps that do not, pairs whose second stands after the last of the first."""

    present: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    order: tuple[tuple[str, str], ...] = ()

    @property
    def steps(self) -> frozenset[str]:
        """The steps that it speaks of."""
        return self.present.union(self.absent, *self.order)


# Whether the last resort of a post may stand in for it hangs on whether anybody has to stay out (`History.acts_as`).
STANDING_IN: Final = frozenset({FACT.PERSONS, FACT.DID_THE_WORK})


@dataclass(frozen=True, slots=True)
class Spoken:
    """The steps that a rule names or looks at, and the facts of the file that it looks at."""

    steps: frozenset[str]
    facts: frozenset[str]


@dataclass(frozen=True)
class Shape(ABC):
    """One kind of sentence that procedures speak. Instances are immutable, know no procedure and hold nothing of any file.

    A shape is read once, when its procedure is; then each act is held against its rules in this order: `asked` at which
    steps, `silent`, the rule's own `when`, `judge`. `reads` and `speaks_of` say what its answer hangs on: what they leave
    out goes stale. What else it can do are its abilities (`shapes.abilities`). Only `read` raises, a ReadError.

    How it is known:

    - `sign`: the key by which a rule of this shape is recognised; its sentences stand in a file of that name.
    - `keys`: all its own keys, the sign among them; a class without keys is read by another one.
    - `how`: how a clause held by it is held, unless the rule says otherwise (`HOW` in `procedure/written`).
    - `reasons`: the classes of the reasons that its outcomes may have.

    When it speaks, and of what:

    - `bars`: a breach refuses the act; else it is recorded.
    - `about_persons`: it says who may, so of an act with nothing filled in it hangs on who takes it; it has `lets` then.
    - `per_thing`: it can be said `for each`; `judge` then gets the things.
    - `by_acts`: it may be said of each act of its steps (`one_by_one`).
    - `first_only`: it speaks of the first act of a file and of no other.
    - `order_only`: it reads nothing but the order of steps, so that files with one order share its findings.
    - `timed`: what it says of duties; None: nobody owes anything by it. Set when it is made.

    Where a procedure may say it, and where it shows:

    - `gate`: it says after what, or under which condition, the turn of its own steps comes.
    - `harmless_at_arrival`: it may be said of the arrival, which is refused to nobody.
    - `fits_endless`: it may speak of the end where no step of the procedure ends a file.
    - `in_findings`: what it does at an act is a finding of that act; else entries and lists show it.
    - `published`: it tells how a complaint goes, so the published description tells it.
    """

    sign: ClassVar[str]
    keys: ClassVar[frozenset[str]] = frozenset()
    bars: ClassVar[bool] = True
    reasons: ClassVar[tuple[type[Reason], ...]] = ()
    about_persons: ClassVar[bool] = False
    how: ClassVar[str] = "enforced"
    per_thing: ClassVar[bool] = False
    first_only: ClassVar[bool] = False
    order_only: ClassVar[bool] = False
    by_acts: ClassVar[bool] = False
    gate: ClassVar[bool] = False
    harmless_at_arrival: ClassVar[bool] = False
    fits_endless: ClassVar[bool] = False
    in_findings: ClassVar[bool] = True
    published: ClassVar[bool] = True

    timed: Timed | None = field(default=None, init=False, repr=False, compare=False)

    @classmethod
    @abstractmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Shape:
        """Reads its keys from the block of a rule. Raises ReadError."""

    @abstractmethod
    def asked(self) -> tuple[str, ...]:
        """The steps at which it is judged."""

    def fulfilled(self, history: History) -> bool | None:
        """Where its duty is met by a state of the file and not by a step: whether it is."""
        return None

    def one_by_one(self, history: History) -> list[Act] | None:
        """The acts for each of which `when` is asked anew, where a rule speaks of every act of a step."""
        return None

    def silent(self, history: History) -> bool:
        """Whether it has nothing to say yet, so that even its `when` is not asked."""
        return False

    def sure(self) -> Sure | None:
        """What keeps a rule without conditions whatever else there is; None where it takes more to tell."""
        return None

    @abstractmethod
    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        """What it says of `act`, which is not yet part of `history`; None when it has nothing to say."""

    def lets(self, history: History, act: Act) -> Circle:
        """Whom it lets take the step of `act`, an act of nobody with nothing filled in; everybody, unless it is about persons.

        Kept out are those of whom `judge` finds the rule broken when they take this act; who they are is known from the
        acts and facts of the file alone.
        """
        return EVERYBODY

    @property
    def changes_with_time(self) -> bool:
        """Whether what it says of an act can hang on when that is taken: a time to wait, or one that runs out."""
        return False

    def changes_at(self, history: History, act: Act) -> datetime | None:
        """The first instant after `act.at` (aware) from which it would say something else of the same act.

        None when time alone changes nothing any more. Only asked where `changes_with_time`; lists show from then on what
        can be taken then, though nothing happens in the file.
        """
        return None

    def fillings(self, blank: Blank, act: Act) -> Iterable[Filling]:
        """Ways to fill in the form of its step with which it may be kept where the empty form `act` is not.

        Each is tried by judging it, so that one too many does no harm; one that is missing shuts a button though the
        command would be accepted. Nothing, for a shape on which no value of the act bears.
        """
        return ()

    def joint(self) -> Mapping[str, Joint]:
        """Steps that it makes joint acts."""
        return {}

    @abstractmethod
    def speaks_of(self) -> Spoken:
        """What its verdict can change with: whoever fills in a form is told when something of it came meanwhile."""

    def reads(self) -> frozenset[str]:
        """The facts that it reads, beyond those of `when`."""
        return frozenset()

    def waivable(self) -> tuple[str, ...]:
        """The steps that it wants taken, and that a reason can stand for where its rule takes one."""
        return self.timed.answers if self.timed is not None else ()

    def one_is_enough(self) -> bool:
        """Whether of the steps that it wants one is enough, and a reason for one of them stands for all."""
        return False

    def mended_by(self) -> tuple[str, ...]:
        """The steps that mend a breach of it, beyond those of which its outcome says that they are lacking."""
        return ()

    def chief_step(self) -> str:
        """The step that it is chiefly about: what answers its duty, else the first of its own; empty where there is none."""
        answers = self.timed.answers if self.timed is not None else ()
        return next(iter(answers or self.asked()), "")

    def wording(self) -> str:
        """Which of the sentences of its file says this rule."""
        return "rule"

    def alike(self, other: Shape) -> bool:
        """Whether two rules say their sentence in the same way, of whatever steps and facts."""
        return type(self) is type(other)

    @abstractmethod
    def slots(self) -> Slots:
        """What fills the sentences of its file: the rule's own steps, posts, facts and limits, by their words."""


@dataclass(frozen=True)
class Unjudged(Shape):
    """A shape that says nothing of any act: it calls for duties, counts, records what follows, or opens files to posts."""

    def asked(self) -> tuple[str, ...]:
        return ()

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        return None


class Unknown(Reason):
    """Why nobody can tell, for want of facts."""

    NOT_ON_RECORD = "not on record"
    NOT_SHOWN = "not shown"


def unknown_facts(history: History, words: tuple[str, ...]) -> Outcome:
    """Nobody can tell, for want of facts: they are not on record, or the log would not show them."""
    why = Unknown.NOT_ON_RECORD if any(map(history.shown.fact, words)) else Unknown.NOT_SHOWN
    return cannot_tell(why, lacks=lacking_facts(*words))
