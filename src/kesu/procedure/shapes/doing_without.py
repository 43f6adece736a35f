"""“Not possible, not needed”: only what a rule lets be left out, by whom, and for what it says (semantics 8.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from kesu.names import StepName
from kesu.reading.keys import Keys

from .. import words
from ..history.act import Act
from ..history.circle import Circle
from ..history.of_a_file import History, thing_of
from ..history.verdict import KEPT, Outcome, Reason, Things, broken, cannot_tell, lacking_facts, lacking_steps
from ..waiver import Waivable
from ..words.names import FACT
from .abilities import KnowsWaivers, SaysWho
from .blank import Blank, Filling
from .shape import STANDING_IN, Each, Shape, Spoken, Vocabulary
from .slots import Slots, Steps


class Why(Reason):
    """Why it is not kept."""

    NOTHING = ("nothing", True)
    OTHER_POST = "other post"
    NOT_WAIVABLE = "not waivable"
    NOT_HIS = "not his"
    OTHER_GROUND = "other ground"
    TOO_EARLY = "too early"
    NO_EXCEPTION = "no exception"
    NOT_CALLED_FOR = "not called for"
    NOT_TOLD = "not told"
    NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class DoingWithout(Shape, KnowsWaivers, SaysWho):
    """`doing without: step`: the step by which something is left out. What may be is known from the other rules."""

    sign: ClassVar[str] = "doing without"
    keys: ClassVar[frozenset[str]] = frozenset({"doing without"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)
    about_persons: ClassVar[bool] = True
    published: ClassVar[bool] = False

    steps: tuple[StepName, ...]
    waivable_things: tuple[Waivable, ...] = ()

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> DoingWithout:
        return cls(vocabulary.steps_of(keys, "doing without"))

    def knowing(self, things: tuple[Waivable, ...]) -> DoingWithout:
        return replace(self, waivable_things=things)

    def asked(self) -> tuple[str, ...]:
        return self.steps

    def says_who_takes(self) -> tuple[StepName, ...]:
        return self.steps

    def posts_named(self) -> tuple[str, ...] | None:
        return None if self.everybody else self.posts

    def hangs_on_more(self) -> bool:
        return True

    @property
    def posts(self) -> tuple[str, ...]:
        """Who may leave out anything at all."""
        return _posts(self.waivable_things)

    @property
    def everybody(self) -> bool:
        """Whether somebody may leave something out whatever his post."""
        return any(not thing.waiver.posts for thing in self.waivable_things)

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        if not self.waivable_things:
            return broken(Why.NOTHING)
        unseen = act.post is None and not history.shown.posts
        if not unseen and not self.everybody and not history.acts_as(act, self.posts):
            return broken(Why.OTHER_POST, steps=(act.step,), posts=self.posts, post=act.post)
        what = act.facts.get(FACT.INSTEAD_OF)
        if not isinstance(what, str):
            return KEPT  # that it has to be said is another rule
        outcome = self._of_this(history, act, what)
        return cannot_tell(Why.NOT_SHOWN) if unseen and outcome is KEPT else outcome

    def _of_this(self, history: History, act: Act, what: str) -> Outcome:
        """The rules that want it say in turn who, for what, when and in which case; one that lets it be left out is enough."""
        named = [thing for thing in self.waivable_things if thing.what == what]
        if not named:
            return broken(Why.NOT_WAIVABLE, steps=(what,))
        his = [thing for thing in named if thing.waiver.by_one_of_these(history, act)]
        if not his:
            return broken(Why.NOT_HIS, steps=(what,), posts=_posts(named), post=act.post)
        grounded = [thing for thing in his if thing.waiver.on_this_ground(act)]
        if not grounded:
            return broken(Why.OTHER_GROUND, steps=(what,), things=_grounds(his))
        outcomes = [_in_this_case(thing, history, act) for thing in grounded]
        return KEPT if KEPT in outcomes else outcomes[0]

    def lets(self, history: History, act: Act) -> Circle:
        return Circle() if self.everybody else Circle(posts=self.posts)

    def fillings(self, blank: Blank, act: Act) -> Iterator[Filling]:
        if FACT.INSTEAD_OF not in blank.asks:
            return
        for thing in self.waivable_things:
            if thing.waiver.by_one_of_these(blank.history, act) and _worth_trying(thing, blank, act):
                for ground in thing.waiver.grounds if FACT.WAIVER_GROUND in blank.asks else ():
                    yield {FACT.INSTEAD_OF: thing.what, FACT.WAIVER_GROUND: ground}
                if not thing.waiver.grounds:
                    yield {FACT.INSTEAD_OF: thing.what}

    def reads(self) -> frozenset[str]:
        cases = (when for thing in self.waivable_things for when in (thing.when, thing.waiver.when))
        return STANDING_IN.union((FACT.INSTEAD_OF, FACT.WAIVER_GROUND), *(when.words for when in cases))

    def speaks_of(self) -> Spoken:
        named = {step for thing in self.waivable_things for step in (*thing.calls, *thing.waiver.after)}
        return Spoken(frozenset((*self.steps, *named)), self.reads())

    def wording(self) -> str:
        return "rule" if self.waivable_things else "none"

    def slots(self) -> Slots:
        return {"steps": Steps(self.steps)}


def _posts(things: Iterable[Waivable]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(post for thing in things for post in thing.waiver.posts))


def _grounds(things: Iterable[Waivable]) -> Things:
    return Things(
        FACT.WAIVER_GROUND,
        tuple(dict.fromkeys(ground for thing in things for ground in thing.waiver.grounds)),
    )


def _worth_trying(thing: Waivable, blank: Blank, act: Act) -> bool:
    """Whether a form could leave it out as the file stands; of one thing alone only the form itself knows which."""
    of_one_thing = any(words.facts()[name].thing_of is not None for name in blank.asks)
    return of_one_thing or _in_this_case(thing, blank.history, act) is KEPT


def _in_this_case(thing: Waivable, history: History, act: Act) -> Outcome:
    """Whether it is wanted at all as the file stands, and what keeps it from being left out."""
    early = thing.waiver.too_early(history, act)
    if early:
        return broken(Why.TOO_EARLY, steps=(thing.what,), lacks=lacking_steps(*early))
    called = thing.called_for(history, act)
    excepted = thing.waiver.excepted(history, thing_of(act.facts))
    if called is False:
        return broken(Why.NOT_CALLED_FOR, steps=(thing.what,))
    if excepted is False:
        return broken(Why.NO_EXCEPTION, steps=(thing.what,))
    if called is None or excepted is None:
        when = thing.when if called is None else thing.waiver.when
        unknown = when.unknown(history, None, thing_of(act.facts))
        return cannot_tell(Why.NOT_TOLD, steps=(thing.what,), lacks=lacking_facts(*unknown))
    return KEPT
