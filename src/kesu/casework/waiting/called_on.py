"""Who is called on in a file, though no end waits for it: who was appointed, and whom a rule puts in charge of what came up.

An appointment that its person does not hear of is none, and a part that a rule gives to one post (whoever speaks to the
media) has to reach that post when it begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kesu.names import StepName
from kesu.procedure import words
from kesu.procedure.history.act import Act
from kesu.procedure.shapes.abilities import PrecededBy, Sends
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.model import Step
from kesu.procedure.written.rule import Rule

from ..file.case_file import CaseFile
from ..file.circles import posts_for
from ..file.roles_in_file import parties, tasks
from .outstanding import NeedOf


@dataclass(frozen=True, slots=True)
class CalledOn:
    """A step for which somebody is called on since an entry: one of the posts, there one person alone, or a person in any."""

    step: StepName
    rule: str
    posts: tuple[str, ...]
    person: str
    entry: int


def called_on(case: CaseFile, need: NeedOf) -> list[CalledOn]:
    """Everybody who is called on as the file stands and has not done anything about it."""
    if case.ended or not case.history.acts:
        return []
    return [*_asked(case, need), *_appointed(case, need), *_routed(case, need)]


# -- asked -----------------------------------------------------------------------------------------------------------


def _asked(case: CaseFile, need: NeedOf) -> Iterator[CalledOn]:
    """Each person whom another asked for a step, as long as nobody took it; for want of one that can be taken, to answer."""
    for act in case.history.all(STEP.ASKED):
        person = act.facts.get(FACT.TO_PERSON)
        if isinstance(person, str) and person != act.by and not _heard(case, act, person):
            wanted = str(act.facts.get(FACT.TO_DO))
            able = wanted in case.procedure.steps and need(wanted).ready
            yield CalledOn(StepName(wanted) if able else STEP.ANSWERED, "", (), person, act.number)


def asked_for(case: CaseFile, step: str, person: str) -> Act | None:
    """The act by which somebody asked this person for a step that nobody took since."""
    mine = (act for act in case.history.all(STEP.ASKED) if act.facts.get(FACT.TO_PERSON) == person)
    asking = (act for act in mine if act.facts.get(FACT.TO_DO) == step and not _heard(case, act, person))
    return next(asking, None)


def _heard(case: CaseFile, asking: Act, person: str) -> bool:
    taken = case.history.last(str(asking.facts.get(FACT.TO_DO)))
    if taken is not None and taken.number > asking.number:
        return True
    return any(one.by == person and one.number > asking.number for one in case.history.all(STEP.ANSWERED))


# -- appointed -------------------------------------------------------------------------------------------------------


def _appointed(case: CaseFile, need: NeedOf) -> Iterator[CalledOn]:
    """Each person to whom an act gave a task, with the first step that usually follows it and that he could take."""
    for person in sorted(parties(case)):
        act = _appointing(case, person)
        if act is None or _used(case, act):
            continue
        step = _following(case, need, act)
        if step is not None and not _answered(case, person, step.name, act):
            yield CalledOn(step.name, "", posts_for(case, step.name), person, act.number)


def _appointing(case: CaseFile, person: str) -> Act | None:
    """The last act that named the person for a task; None where he named himself."""
    known = tasks()
    for act in reversed(list(case.history.all_standing())):
        named = (act.facts[word] for word in known if word in act.facts)
        if any(person == one or (isinstance(one, list) and person in one) for one in named):
            return act if act.by != person else None
    return None


def _used(case: CaseFile, act: Act) -> bool:
    """Whether what had to wait for the appointment was done since: then it is over."""
    for rule, shape in case.procedure.able(PrecededBy):
        for step in rule.shape.asked():
            last = case.history.last(step) if act.step in shape.waits_for(step) else None
            if last is not None and last.number > act.number:
                return True
    return False


def _following(case: CaseFile, need: NeedOf, act: Act) -> Step | None:
    places = list(words.steps())
    after = places[places.index(act.step) + 1 :] if act.step in places else []
    own = (case.procedure.steps[name] for name in after if name in case.procedure.steps)
    return next(
        (one for one in own if one.word.own_work and need(one.name).ready and posts_for(case, one.name)), None
    )


def _answered(case: CaseFile, person: str, step: str, act: Act) -> bool:
    """Whether he did something about it since: took the step, or noted that he knows."""
    return any(
        one.by == person and one.number > act.number
        for name in (step, STEP.NOTED_BY)
        for one in case.history.all(name)
    )


# -- routed ----------------------------------------------------------------------------------------------------------


def _routed(case: CaseFile, need: NeedOf) -> Iterator[CalledOn]:
    """The posts to which a rule gives a part that began with something in this file; to take note, as long as they can do nothing."""
    for rule, shape in case.procedure.able(Sends):
        since = began(case, rule, shape)
        if since and not _begun(case, shape.steps, since):
            step = next((one for one in shape.steps if need(one).ready), STEP.NOTED_BY)
            noted = any(act.number > since and act.post in shape.posts for act in case.history.all(step))
            if step in case.procedure.steps and not noted:
                yield CalledOn(step, rule.name, tuple(shape.posts), "", since)


def began(case: CaseFile, rule: Rule, shape: Sends) -> int:
    """The entry with which the part began: the last that opened its steps and no others; 0 where nothing did."""
    if not shape.external or rule.when.holds(case.history, None) is False:
        return 0
    opening = {
        name
        for step in shape.steps
        for other, before in case.procedure.able_at(step, PrecededBy)
        if set(other.shape.asked()) <= set(shape.steps)
        if other.when.holds(case.history, None) is not False
        for name in before.waits_for(step)
    }
    acts = (case.history.last(name) for name in opening)
    return max((act.number for act in acts if act is not None), default=0)


def _begun(case: CaseFile, steps: Sequence[str], since: int) -> bool:
    return any(act.number > since for step in steps for act in case.history.all(step))
