"""Who may settle how much, summed over everything settled in the case, this act included (semantics 4.6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Final

from kesu.names import FactName, StepName
from kesu.reading.keys import Keys
from kesu.reading.strict import Series, fault

from ..history.act import Act
from ..history.circle import NOT_TOLD, Circle
from ..history.deriving import at_the_least, derive
from ..history.of_a_file import History
from ..history.verdict import KEPT, Amounts, Outcome, Reason, Verdict, broken, cannot_tell, lacking_facts
from ..kinds import kinds_that
from ..kinds.number import number
from ..words import facts, underneath
from ..words.derived import Derived
from .abilities import SaysWho, WantsFacts
from .blank import Blank, Filling
from .shape import STANDING_IN, Each, Shape, Spoken, Vocabulary
from .slots import Facts, Slots, Steps, UpTo

FIGURES: Final = kinds_that(lambda kind: kind.single_figure)


class Why(Reason):
    """Why it is not kept."""

    OVER_THE_LIMIT = "over the limit"
    OVER_EVERY_LIMIT = "over every limit", True
    OVER_THE_RATIO = "over the ratio"
    OVER_EVERY_RATIO = "over every ratio", True
    NO_AMOUNT = "no amount"
    NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class Authority(Shape, WantsFacts, SaysWho):
    """`authority: fact, at: steps, limits: [{up to: N, by: posts}, {by: posts}]`; “up to” includes the amount.

    A money or number fact is summed over its steps here; a derived one is a sum or a ratio of the whole case already.
    """

    sign: ClassVar[str] = "authority"
    keys: ClassVar[frozenset[str]] = frozenset({"authority", "at", "limits"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)
    about_persons: ClassVar[bool] = True
    published: ClassVar[bool] = False  # up to what sum somebody may settle is nobody's business outside

    amount: FactName
    steps: tuple[StepName, ...]
    limits: tuple[tuple[Decimal | None, tuple[str, ...]], ...]

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Authority:
        amount = vocabulary.fact(keys.text("authority"), kinds=FIGURES, derived=True)
        node = keys.need("limits")
        if not isinstance(node, Series) or not node:
            raise fault(node, en="“limits” is a list of {up to, by}", zh="“limits”应是 {up to, by} 的列表")
        return cls(amount, vocabulary.steps_of(keys, "at"), tuple(_limit(item, vocabulary) for item in node))

    def asked(self) -> tuple[str, ...]:
        return self.steps

    def says_who_takes(self) -> tuple[StepName, ...]:
        return self.steps

    def posts_named(self) -> tuple[str, ...] | None:
        return tuple(dict.fromkeys(post for _, posts in self.limits for post in posts))

    def hangs_on_more(self) -> bool:
        return True

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        total = self._total(history, act)
        if total is None:
            return self._not_told(history, act)
        return self._held(history, act, total)

    def _not_told(self, history: History, act: Act) -> Outcome:
        """Nobody can tell, unless what is known of the amount is beyond the post already."""
        least = self._least(history, act)
        if least and (held := self._held(history, act, least)).verdict is Verdict.BROKEN:
            return held
        missing = history.lacking(self.amount, act)
        return cannot_tell(Why.NO_AMOUNT, lacks=lacking_facts(*missing))

    def _held(self, history: History, act: Act, total: Decimal) -> Outcome:
        for limit, posts in self.limits:
            if limit is None or total <= limit:
                return self._by(history, act, posts, total)
        top = max(limit for limit, _ in self.limits if limit is not None)
        why = Why.OVER_EVERY_LIMIT if self._money else Why.OVER_EVERY_RATIO
        return broken(why, steps=(act.step,), facts=(self.amount,), amounts=Amounts(total, top))

    @property
    def _money(self) -> bool:
        return facts()[self.amount].kind.in_yuan

    def _total(self, history: History, act: Act) -> Decimal | None:
        """What the whole case comes to with this act, which has to say its own; None when that cannot be told."""
        if facts()[self.amount].derived is not None:
            return number(history.value(self.amount, act))
        own = number(act.facts.get(self.amount))
        if history.reckoning.in_full:
            come = None if own is None else derive(self._summed, history, act)
            return come if isinstance(come, Decimal) else None
        before = (
            number(one.facts.get(self.amount)) or Decimal(0)
            for step in self.steps
            for one in history.all(step)
        )
        return None if own is None else sum(before, own)

    @property
    def _summed(self) -> Derived:
        """What the file says under the word, wherever it says it."""
        return facts()[self.amount].derived or Derived((self.amount,))

    def _least(self, history: History, act: Act) -> Decimal | None:
        return at_the_least(self._summed, history, act) if history.reckoning.in_full else None

    def lets(self, history: History, act: Act) -> Circle:
        total = self._total(history, act)
        least = self._least(history, act) if total is None else total
        if least is None or (total is None and not least):
            return NOT_TOLD
        for limit, posts in self.limits:
            if limit is None or least <= limit:
                allowed = (*posts, *sorted(self._above(posts).difference(posts)))
                return Circle(posts=allowed, settled=total is not None)
        return Circle(posts=())

    def _by(self, history: History, act: Act, posts: tuple[str, ...], total: Decimal) -> Outcome:
        if history.acts_as(act, (*posts, *self._above(posts))):
            return KEPT
        if act.post is None and not history.shown.posts:
            return cannot_tell(Why.NOT_SHOWN, posts=posts)
        why = Why.OVER_THE_LIMIT if self._money else Why.OVER_THE_RATIO
        return broken(why, steps=(act.step,), posts=posts, facts=(self.amount,), amounts=Amounts(total))

    def _above(self, posts: tuple[str, ...]) -> set[str]:
        names = [named for _, named in self.limits]
        return {post for named in names[names.index(posts) :] for post in named}

    def fillings(self, blank: Blank, act: Act) -> Iterator[Filling]:
        return blank.extremes(underneath(self.amount))

    def reads(self) -> frozenset[str]:
        return frozenset(underneath(self.amount)) | STANDING_IN

    def wanted(self) -> frozenset[str]:
        return frozenset() if facts()[self.amount].derived is not None else frozenset({self.amount})

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset(self.steps), self.reads())

    def slots(self) -> Slots:
        return {
            "facts": Facts((self.amount,)),
            "steps": Steps(self.steps),
            "limits": UpTo(self.limits, money=self._money),
        }


def _limit(node: object, vocabulary: Vocabulary) -> tuple[Decimal | None, tuple[str, ...]]:
    keys = Keys(node, what="a limit")  # type: ignore[arg-type]
    up_to = keys.maybe("up to")
    posts = vocabulary.posts_of(keys, "by")
    keys.done()
    if up_to is None:
        return None, posts
    limit = number(str(up_to))
    if limit is None:
        raise fault(
            up_to, en=f"“up to” wants an amount, not “{up_to}”", zh=f"“up to”后面应是金额，不是“{up_to}”"
        )
    return limit, posts
