"""Who may take a step of a file: the rules about persons that apply, each asked once, with the circle that it lets.

Whatever tells who may (rows, buttons, refusals, what a case waits for) is read from these circles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kesu.names import StepName
from kesu.procedure import words
from kesu.procedure.history.act import Act
from kesu.procedure.history.circle import Circle
from kesu.procedure.written.expected import not_yet_known
from kesu.procedure.written.rule import Rule

from .case_file import CaseFile


@dataclass(frozen=True, slots=True)
class Restriction:
    """A rule about persons at a step. `applies` is False where nobody can tell as yet whether it does."""

    rule: Rule
    circle: Circle
    applies: bool = True


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a step can be taken: an act of nobody, with what restricts who may take it, in the order of the rules."""

    act: Act
    restrictions: tuple[Restriction, ...]

    @property
    def posts(self) -> tuple[str, ...] | None:
        """The posts that every rule lets which applies, as the first names them; None where none names a post."""
        named = [
            one.circle.posts for one in self.restrictions if one.applies and one.circle.posts is not None
        ]
        if not named:
            return None
        return tuple(post for post in named[0] if all(post in others for others in named[1:]))


def ways(case: CaseFile, act: Act) -> tuple[Way, ...]:
    """The ways of taking the step of `act`, an act of nobody with nothing filled in; one at least.

    A step that is taken for one thing at a time has a way for each thing there is: another may have the lead in each.
    """
    return tuple(Way(one, _restrictions(case, one)) for one in _for_each_thing(case, act))


def _for_each_thing(case: CaseFile, act: Act) -> Sequence[Act]:
    word = case.procedure.led_by_thing.get(act.step)
    things = case.history.things(words.facts()[word].thing_of or word) if word is not None else ()
    return [replace(act, facts={word: thing}) for thing in things if word is not None] or (act,)


def _restrictions(case: CaseFile, act: Act) -> tuple[Restriction, ...]:
    """Those that apply or may apply; a rule that never refuses restricts nobody."""
    ready, history, told = case.ready(act.step), case.history, []
    for rule in ready.persons if ready is not None else ():
        applies = rule.when.holds(history, act)
        if applies is not False:
            circle = rule.shape.lets(history, act)
            if circle.settled and not_yet_known(rule.expects, history, act) is not None:
                circle = replace(circle, settled=False)
            told.append(Restriction(rule, circle, applies is True))
    return tuple(told)


def posts_for(case: CaseFile, step: str) -> tuple[str, ...]:
    """The posts that may take a step next, the file as it stands; none: no rule keeps it for a post.

    Where the rules together leave nobody, those that the first of them names: so it lies with somebody who sees it.
    """
    last = case.history.acts[-1]
    untaken = Act(number=last.number + 1, step=StepName(step), at=last.noted, noted=last.noted)
    return posts_of(ways(case, untaken))


def posts_of(chances: Sequence[Way]) -> tuple[str, ...]:
    """The same for ways that are known already."""
    posts = dict.fromkeys(post for way in chances for post in way.posts or ())
    return tuple(posts) or next(
        (one.circle.posts for way in chances for one in way.restrictions if one.applies and one.circle.posts),
        (),
    )
