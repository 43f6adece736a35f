"""Who may take which step of a file: one answer, which rows, buttons, refusals and what a case waits for all read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from kesu.names import StepName
from kesu.procedure.history.act import Act
from kesu.procedure.history.circle import Circle
from kesu.procedure.history.verdict import Finding, Verdict
from kesu.procedure.words import Lexicon
from kesu.procedure.words.names import STEP

from ..deciding.decide import Actor
from ..file.case_file import CaseFile
from ..file.circles import Restriction, Way, posts_of, ways
from ..file.naming import confirming_nothing, waiting, waiting_for

Addressee = tuple[str, str]  # a post, or a person
OPEN_TO_ALL: Final[tuple[Addressee, ...]] = (("", ""),)  # no post and no person is named for it


@dataclass(frozen=True, slots=True)
class Addressees:
    """With whom a step lies as far as the file itself tells: persons come and go without the file being touched.

    `posts` may take it, whoever holds them; `persons` may whatever post they hold. `left_out` may not, whatever post they
    hold, for what they did in the file; whoever the matter is about is not among them: from those the file is hidden.
    """

    posts: tuple[str, ...]
    persons: frozenset[str]
    left_out: frozenset[str]


@dataclass(frozen=True, slots=True)
class Actors:
    """Who is there to act in a file: whoever holds or stands in for a post, and those of the last resort."""

    present: tuple[Actor, ...] = ()
    last_resorts: tuple[Actor, ...] = ()


NOBODY_THERE: Final = Actors()


class Takers:
    """Who may take the steps of one file at one moment. Each rule is asked once, however many persons are looked at.

    `case` has to hold what time owes it up to `now`, and may not change as long as this is asked.
    """

    def __init__(self, case: CaseFile, *, now: datetime, actors: Actors = NOBODY_THERE) -> None:
        self.case, self.actors = case, actors
        self._nobodys = Act(number=case.number + 1, step=StepName(""), at=now, noted=now)
        self._steps: dict[str, Act] = {}
        self._ways: dict[str, tuple[Way, ...]] = {}
        self._barring: dict[str, list[Finding]] = {}
        self._of: dict[str, tuple[Actor, ...]] = {}
        self._acts: dict[Actor, Act] = {}

    @property
    def words(self) -> Lexicon:
        """The words in which the procedure of the file is written."""
        return self.case.words

    # -- persons -----------------------------------------------------------------------------------------------------

    def of(self, step: str) -> tuple[Actor, ...]:
        """Who of those present may take the step, each in every post that lets him; if nobody, those of the last resort."""
        if step not in self.case.procedure.steps:
            return ()
        if step not in self._of:
            able = tuple(actor for actor in self.actors.present if self.may(step, actor))
            self._of[step] = able or tuple(one for one in self.actors.last_resorts if self.may(step, one))
        return self._of[step]

    def may(self, step: str, actor: Actor) -> bool:
        """Whether nothing that is about persons bars this actor from the step; what else is missing does not matter."""
        return not self.kept_from(step, actor) and any(self._admitted(way, actor) for way in self.ways(step))

    def kept_from(self, step: str, actor: Actor) -> bool:
        """Whether the software itself keeps him from the step, which no rule has to say and so no finding tells.

        A naming that waits is confirmed by nobody who named or is named.
        """
        if step != STEP.NAMING_CONFIRMED or not waiting(self.case.history):
            return False
        return not waiting_for(actor.person, actor.units, self.case.history)

    def _admitted(self, way: Way, actor: Actor) -> bool:
        return all(self.lets(one, actor) for one in way.restrictions if one.applies)

    def lets(self, restriction: Restriction, actor: Actor) -> bool:
        """Whether one rule about persons lets him, wherever it applies."""
        return restriction.circle.admits(self.case.history, self._act(actor))

    def ways(self, step: str) -> tuple[Way, ...]:
        """The ways of taking the step, with what restricts who may."""
        if step not in self._ways:
            self._ways[step] = ways(self.case, self._untaken(step))
        return self._ways[step]

    def barring(self, step: str) -> list[Finding]:
        """What bars the step whoever takes it, as long as nothing is filled in."""
        if step not in self._barring:
            self._barring[step] = self.case.barring(self._untaken(step))
        return self._barring[step]

    def reminding(self, step: str) -> list[Finding]:
        """What breaks rules that refuse nothing, whoever takes the step, as long as nothing is filled in."""
        untaken = self._untaken(step)
        rules = (rule for rule in self.case.procedure.asked.get(step, ()) if not rule.bars)
        findings = (self.case.finding(rule, untaken) for rule in rules if not rule.shape.about_persons)
        return [one for one in findings if one is not None and one.verdict is Verdict.BROKEN]

    def owed(self, step: str) -> list[Finding]:
        """What is still owed and bars the step where it ends the file, whoever takes it and whatever he writes."""
        return self.case.owed_at(self._untaken(step))

    def _act(self, actor: Actor) -> Act:
        """An act of his, of no step: circles look at the person alone."""
        if actor not in self._acts:
            self._acts[actor] = taken_by(actor, self._nobodys)
        return self._acts[actor]

    def _untaken(self, step: str) -> Act:
        if step not in self._steps:
            self._steps[step] = replace(self._nobodys, step=StepName(step))
        return self._steps[step]

    # -- addressees -------------------------------------------------------------------------------------------------------

    def addressees(self, step: str) -> Addressees:
        """With whom the step lies, as far as the file tells.

        A joint act lies with those whose part is lacking, one that goes in order with the next of them; whoever has
        given his part has no other to give, until it is complete and called for anew.
        """
        joint, given = self.case.procedure.joint.get(step), self.case.history.all(step)
        lacking = joint.lacking(given) if joint is not None else []
        turn = joint.turn(given) if joint is not None else []
        done = joint.givers(given) if joint is not None and lacking else set()
        if step == STEP.NAMING_CONFIRMED:
            done = done | confirming_nothing(self.case.history)
        circles = [[one.circle for one in way.restrictions if one.applies] for way in self.ways(step)]
        barred = [set().union(*(circle.barred for circle in way)) for way in circles]
        return Addressees(
            posts=tuple(turn) or posts_of(self.ways(step)),
            persons=frozenset().union(*map(_persons, circles)),
            left_out=frozenset(set.intersection(*barred) | done),
        )


def _persons(circles: Sequence[Circle]) -> frozenset[str]:
    """The persons whom one of them names, and each of them lets."""
    named = [circle.persons for circle in circles if circle.persons is not None]
    return (
        frozenset.intersection(*named).difference(*(circle.barred for circle in circles))
        if named
        else frozenset()
    )


def lying_with(addressees: Iterable[Addressees]) -> tuple[Addressee, ...]:
    """The posts, or for want of posts the persons, with which any of some steps lies."""
    all_ = list(addressees)
    posts = dict.fromkeys(post for one in all_ for post in one.posts)
    persons = sorted({person for one in all_ for person in one.persons})
    return tuple((post, "") for post in posts) or tuple(("", person) for person in persons) or OPEN_TO_ALL


def left_out(addressees: Iterable[Addressees]) -> tuple[str, ...]:
    """The persons who may take none of some steps, whatever post they hold."""
    common: frozenset[str] | None = None
    for one in addressees:
        common = one.left_out if common is None else common & one.left_out
        if not common:
            return ()
    return tuple(sorted(common or ()))


def taken_by(actor: Actor, act: Act) -> Act:
    """The act of nobody, taken by this actor."""
    return replace(act, by=actor.person, post=actor.post, behalf=actor.behalf, units=actor.units)
