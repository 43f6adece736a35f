"""Doing without: who may leave out what a rule wants, on which grounds, after which step, and in which case (semantics 8.4)."""

from __future__ import annotations

from dataclasses import dataclass

from kesu.names import PostName, StepName

from .history.act import MISSING, Act
from .history.of_a_file import History, thing_of
from .history.verdict import Lack
from .when import ALWAYS, EVER, NEVER, Condition, When
from .words.names import FACT


@dataclass(frozen=True, slots=True)
class Waiver:
    """`unless waived: {by: posts, for: grounds, after: steps, when: conditions}`; without `for` any reason that says something.

    No posts: whoever may take “not possible”. So said editions of Kesu 0.1.
    """

    posts: tuple[PostName, ...] = ()
    grounds: tuple[str, ...] = ()
    after: tuple[StepName, ...] = ()
    when: When = ALWAYS

    def frees(self, history: History, act: Act) -> bool:
        """Whether an act of “not possible” that stands in the file is such a one, as the file stands now.

        A log that shows no posts leaves open who it was: that is said of the act itself.
        """
        return (
            self.by_one_of_these(history, act)
            and self.on_this_ground(act)
            and self.in_this_case(history, act)
        )

    def by_one_of_these(self, history: History, act: Act) -> bool:
        """Whether whoever did without may."""
        unseen = act.post is None and not history.shown.posts
        return not self.posts or unseen or history.acts_as(act, self.posts)

    def on_this_ground(self, act: Act) -> bool:
        """Whether the ground that he gave is one of those for which it may be done without."""
        return not self.grounds or act.facts.get(FACT.WAIVER_GROUND) in self.grounds

    def in_this_case(self, history: History, act: Act) -> bool:
        """Whether what has to come before it does, and the paper knows the exception here."""
        return not self.too_early(history, act) and self.excepted(history, thing_of(act.facts)) is True

    def excepted(self, history: History, thing: str | None) -> bool | None:
        """Whether the exception is for this case: where a fact is told thing by thing, for this thing, else for all of them.

        None as long as nobody can tell.
        """
        answer: bool | None = True
        for condition in self.when.conditions:
            held = _held(condition, history, thing)
            if False in held:
                return False
            if not held or None in held:
                answer = None
        return answer

    def too_early(self, history: History, act: Act) -> tuple[StepName, ...]:
        """The steps that have to come before it and do not."""
        return tuple(
            step
            for step in self.after
            if not any(given.number < act.number for given in history.all(step)) or not history.done(step)
        )


def _held(condition: Condition, history: History, thing: str | None) -> list[bool | None]:
    """One condition for this thing, else for each of those of which the fact was told."""
    if condition.test in (EVER, NEVER):
        said = When((condition,)).holds(history, None, thing)
        return [condition.test == NEVER if said is None else said]  # what nobody said was never said
    told = [history.value_for(condition.word, thing)] if thing else history.latest(condition.word)
    return [None if value is MISSING else condition.holds(value) for value in told]


@dataclass(frozen=True, slots=True)
class Waivable:
    """One thing that a rule wants and that may be left out: a step, the answer to the rule, or a linked file.

    `when` and `calls` say when the rule wants it: in which case, and after which of these steps (none: from the beginning).
    """

    what: str
    waiver: Waiver
    when: When = ALWAYS
    calls: tuple[str, ...] = ()

    def called_for(self, history: History, act: Act) -> bool | None:
        """Whether the rule wants it as the file stands; None when nobody can tell yet."""
        if self.calls and not any(history.done(step) for step in self.calls):
            return False
        return self.when.holds(history, None, thing_of(act.facts))


def all_left_out(waiver: Waiver, history: History, lacks: tuple[Lack, ...], *, one_is_enough: bool) -> bool:
    """Whether something is lacking, and all of it was left out as the waiver allows: each for its one thing, or for all.

    Of steps of which one is enough a reason for one of them stands for all.
    """
    left_out = (
        any(waiver.frees(history, act) for act in history.left_out(lack.name, lack.thing)) for lack in lacks
    )
    return bool(lacks) and (any(left_out) if one_is_enough else all(left_out))
