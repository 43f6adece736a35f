"""The steps of a case as one person sees them: what is his turn, what else he can do, what not and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kesu.caseload.asking.opened import Opened
from kesu.casework.deciding.decide import Actor, Option
from kesu.casework.waiting.may import may
from kesu.forms.fields.making import step_form
from kesu.forms.fields.step_form import StepForm
from kesu.forms.standing_of_a_person.next_steps import Next, next_steps
from kesu.forms.standing_of_a_person.refusal import Refusal, refusal
from kesu.forms.standing_of_a_person.who import actors_of
from kesu.procedure import words
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import ABOUT_THE_FILE
from kesu.procedure.written.model import Step
from kesu.procedure.written.prepared import ABOUT_PERSONS
from kesu.reading.text import Text

from ..who.here import Here
from .around import around

CONFIRMING: Final = STEP.WORK_CONFIRMED


@dataclass(frozen=True, slots=True)
class Shut:
    """A step that cannot be taken now, with every reason."""

    step: Step
    reasons: tuple[Refusal, ...]
    by_another: (
        bool  # only the reader is in the way: somebody else may have done it, and the reader can note that
    )


@dataclass(frozen=True, slots=True)
class Steps:
    """All steps, sorted for the page. `turn` are those that something waits for and that are this person's.

    `again`: what was done already and may be done once more, after something was sent back.
    `anybody`: the case waits for them too, no rule keeps them for a post, and this person can take them as well.
    """

    turn: list[Step]
    anybody: list[Step]
    more: list[Step]
    again: list[Step]
    shut: list[Shut]
    free: list[Step]
    mending: list[Step]
    waits: list[Next]
    options: dict[str, Option]


def steps_here(seen: Opened, here: Here) -> Steps:
    """Buttons come from `decide`: nothing here knows a rule."""
    options: dict[str, Option] = {option.step.name: option for option in seen.options()}
    nexts = next_steps(seen.case, directory=seen.directory, now=here.now)
    posts = {actor.post for actor in seen.actors}
    owed = [step for duty in seen.case.running() if duty.owner in ("", *posts) for step in duty.steps]
    mine = {one.step for one in nexts if _for(one, here.person)}
    own = [one for one in options.values() if one.step.word.own_work]
    allowed = [one.step for one in own if one.allowed and not _over(one.step, seen)]
    turn = [step for step in allowed if step.name in mine or step.name in owed]
    turn += [options[name].step for name in (STEP.ADDED, CONFIRMING) if name in mine and name in options]
    common = {one.step for one in nexts if one.open_to_all}
    anybody = sorted((step for step in allowed if step.name in common and step not in turn), key=_usual)
    named = {step.name for step in (*anybody, *turn)}
    open_ = [
        one.step
        for one in options.values()
        if one.allowed and not one.step.word.own_work and one.step not in turn
    ]
    return Steps(
        turn=sorted(turn, key=lambda step: (step.name not in owed, _usual(step))),
        anybody=anybody,
        more=sorted((step for step in allowed if step not in turn and step not in anybody), key=_usual),
        again=sorted((one.step for one in own if one.allowed and _over(one.step, seen)), key=_usual),
        shut=sorted(
            (_shut(one, seen, here) for one in own if not one.allowed and not _over(one.step, seen)),
            key=lambda one: _usual(one.step),
        ),
        free=[
            step
            for step in open_
            if step.name not in ABOUT_THE_FILE and step.name not in (STEP.RECEIVED, STEP.OVERRIDDEN)
        ],
        mending=[step for step in open_ if step.name in ABOUT_THE_FILE],
        waits=[one for one in nexts if one.step not in mine | named],
        options=options,
    )


def _for(one: Next, person: str) -> bool:
    return not one.open_to_all and any(actor.person == person for actor in one.actors)


def _usual(step: Step) -> int:
    """The place of a step in the usual order, from arrival to the end."""
    return list(words.steps()).index(step.name)


def _over(step: Step, seen: Opened) -> bool:
    """Whether the step belongs to what lies behind: done, and nothing asks for it again."""
    again = any(step.name in duty.steps for duty in seen.case.running())
    return seen.case.history.done(step.name) and not again and not _per_thing(step, seen)


def _per_thing(step: Step, seen: Opened) -> bool:
    """Whether it is taken once for each thing, so that one time may not be all."""
    return any(word.startswith("of ") for word in step.asks) or step.audience is not None


def _shut(option: Option, seen: Opened, here: Here) -> Shut:
    reasons = [
        refusal(
            finding,
            step=option.step.name,
            case=seen.case,
            directory=seen.directory,
            person=here.person,
            now=here.now,
        )
        for finding in option.findings
    ]
    rules = seen.procedure.by_name
    persons = all(rules[finding.rule].shape.sign in ABOUT_PERSONS for finding in option.findings)
    return Shut(option.step, tuple(reasons), persons)


def chosen(steps: Steps, wanted: str | None) -> Step | None:
    """The step whose form is open: the one asked for, else the first of this person's turn."""
    if wanted is not None:
        option = steps.options.get(wanted)
        notable = any(one.step.name == wanted and one.by_another for one in steps.shut)
        return option.step if option and (option.allowed or notable) else None
    return steps.turn[0] if steps.turn else None


def form_for(step: Step, seen: Opened, here: Here) -> StepForm:
    """The empty form of a step for this person."""
    mine = ways(step, seen, here)
    form = step_form(
        step,
        case=seen.case,
        directory=seen.directory,
        actors=mine,
        others=[
            actor for actor in actors_of(seen.case, seen.directory, here.now) if actor.person != here.person
        ],
        around=around(here, seen.procedure, seen),
        seen=seen.number,
    )
    if step.name == CONFIRMING:
        _only_what_waits(form, seen)
    return form


def _only_what_waits(form: StepForm, seen: Opened) -> None:
    """Somebody confirms what waits for it, not just any entry."""
    waiting = {str(act.number) for act, _ in seen.case.to_mend()}
    for field in form.fields:
        if field.word == FACT.ENTRY:
            field.choices = [one for one in field.choices if one.value in waiting]
            field.typed = [field.choices[0].value] if len(field.choices) == 1 else []


def ways(step: Step, seen: Opened, here: Here) -> list[Actor]:
    """The posts in which this person can take the step; where none lets him, all he has, so that he is told why."""
    able = [actor for actor in seen.actors if may(seen.case, step.name, actor, here.now)]
    return able or seen.actors


def posts_said(actors: list[Actor], seen: Opened) -> list[Text]:
    """Each way in words: 质量负责人, 代陆建国任总经理."""
    return list(_posts(actors, seen))


def _posts(actors: list[Actor], seen: Opened) -> Iterator[Text]:
    for actor in actors:
        title = seen.procedure.title_of(actor.post) if actor.post else Text("不以岗位", "in no post")
        if actor.behalf is None:
            yield title
        elif actor.behalf in seen.procedure.posts:
            place = seen.procedure.title_of(actor.behalf)
            yield Text(f"{title.zh}，代行{place.zh}", f"{title.en}, in place of the {place.en}")
        else:
            name = seen.directory.name_of(actor.behalf)
            yield Text(f"代{name}任{title.zh}", f"{title.en}, standing in for {name}")
