"""The steps of a case as one person sees them: what is his turn, what else he can do, what not and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache, cached_property, partial
from typing import Final

from kesu.caseload.asking.opened import CaseView
from kesu.casework.deciding.mending import completers
from kesu.casework.file.naming import BY_ANOTHER
from kesu.casework.waiting.called_on import called_on
from kesu.casework.waiting.needs import need
from kesu.casework.waiting.options import Option
from kesu.casework.waiting.outstanding import NeedOf, on_the_way
from kesu.forms.standing_of_a_person.next_steps import Next, next_steps
from kesu.forms.standing_of_a_person.refusal import Refusal
from kesu.procedure import words
from kesu.procedure.words.names import STEP
from kesu.procedure.words.parts import ABOUT_THE_FILE, COMPLETING
from kesu.procedure.written.model import Step
from kesu.reading.text import Text

from ..who.here import Here
from .form_here import to_send_back
from .reasons import reasons_of

SOON: Final = timedelta(days=1)
# only where they wait for somebody
CALLED_FOR: Final = (STEP.ADDED, STEP.ATTESTED, STEP.WORK_CONFIRMED, STEP.NAMING_CONFIRMED)
# offered where an override waits, not among the buttons
OF_OVERRIDES: Final = (
    STEP.OVERRIDE_PROPOSED,
    STEP.OVERRIDE_AGREED,
    STEP.OVERRIDE_DECLINED,
    STEP.NAMING_CONFIRMED,
)


@dataclass(frozen=True, slots=True)
class Shut:
    """A step that cannot be taken now, with every reason.

    `kept_from`: what the software itself keeps from the reader, which no rule says.
    """

    step: Step
    reasons: tuple[Refusal, ...]
    by_another: (
        bool  # only the reader is in the way: somebody else may have done it, and the reader can note that
    )
    kept_from: Text | None = None


@dataclass(frozen=True, slots=True)
class Steps:
    """All steps, sorted for the page. `turn` are those that something waits for and that are this person's.

    `again`: what was done already and may be done once more, after something was sent back.
    `stuck`: of what cannot be taken the likeliest, which is said in words; the rest is `shut`.
    `anybody`: the case waits for them too, no rule keeps them for a post, and this person can take them as well.
    """

    turn: list[Step]
    anybody: list[Step]
    more: list[Step]
    again: list[Step]
    shut: list[Shut]
    stuck: Shut | None
    free: list[Step]
    mending: list[Step]
    waits: list[Next]
    options: dict[str, Option]


def steps_here(view: CaseView, here: Here) -> Steps:
    """Buttons come from `decide`: nothing here knows a rule."""
    of = _Questions(view, here)
    return Steps(
        turn=of.turn,
        anybody=of.anybody,
        more=of.more,
        again=of.again,
        shut=[one for one in of.shut if one is not of.stuck],
        stuck=of.stuck,
        free=of.free,
        mending=of.mending,
        waits=of.waits,
        options=of.options,
    )


class _Questions:
    """The steps of a case put to one question after the other. Lists stand in the usual order, from arrival to the end."""

    def __init__(self, view: CaseView, here: Here) -> None:
        self.view, self.here = view, here
        self.options: dict[str, Option] = {option.step.name: option for option in view.options()}
        self.nexts = next_steps(view.takers)
        self.places = {name: place for place, name in enumerate(words.steps())}

    @cached_property
    def mine(self) -> set[str]:
        """What waits for this person by name, and is not left to anybody."""
        waiting = {step.step for step in self.nexts if not step.open_to_all and self._can(step)}
        return waiting | self.called_on

    @cached_property
    def called_on(self) -> set[str]:
        """For what an appointment or a route calls on him."""
        view, person = self.view, self.here.person
        return {
            one.step
            for one in called_on(view.case, self.need)
            for actor in view.actors
            if one.person in ("", person)
            and (not one.posts or actor.post in one.posts)
            and view.takers.may(one.step, actor)
        }

    @cached_property
    def need(self) -> NeedOf:
        """What a step lacks, each asked once."""
        return cache(partial(need, self.view.takers))

    def _can(self, step: Next) -> bool:
        return any(actor.person == self.here.person for actor in step.actors)

    @cached_property
    def owed(self) -> set[str]:
        """What answers a running duty of one of his posts, or of no post."""
        owners = {"", *(actor.post for actor in self.view.actors)}
        return {step for duty in self.view.case.running() if duty.owner in owners for step in duty.steps}

    @cached_property
    def resting(self) -> set[str]:
        """What was done and comes round again, as long as there is more than a day for it."""
        case, soon = self.view.case, self.view.now + SOON
        near = [
            duty for duty in case.running() if duty.state != "open" or duty.due is None or duty.due.at <= soon
        ]
        pressing = {step for duty in near for step in duty.steps}
        return {
            step
            for duty in case.running()
            for step in duty.steps
            if step not in pressing and case.history.done(step)
        }

    @cached_property
    def own(self) -> list[Option]:
        """The work of the file itself, not what is noted beside it."""
        own = (option for option in self.options.values() if option.step.word.own_work)
        return sorted(own, key=lambda one: self.places[one.step.name])

    @cached_property
    def ahead(self) -> list[Step]:
        """Own work that he can do and that does not lie behind."""
        return [option.step for option in self.own if option.allowed and not self._over(option.step)]

    @cached_property
    def turn(self) -> list[Step]:
        """His turn: first what is missing before the rest, then what is owed. Completing and confirming wait until called for."""
        wanted = (self.mine | self.owed) - self.resting
        waiting = [step for step in self.ahead if step.name in wanted]
        names = self.called & set(self.options)
        called = [self.options[name].step for name in CALLED_FOR if name in names]
        return sorted(
            waiting + called,
            key=lambda step: (
                step.name not in (*COMPLETING, STEP.ATTESTED),
                step.name not in self.owed,
                self.places[step.name],
            ),
        )

    @cached_property
    def called(self) -> set[str]:
        """What waits for him by name; or for anybody, where it lies with his post."""
        posts = {actor.post for actor in self.view.actors}
        common = (step for step in self.nexts if step.open_to_all)
        return self.mine | {
            step.step for step in common if posts.intersection(completers(self.view.case, step.rule))
        }

    @cached_property
    def anybody(self) -> list[Step]:
        """What the case waits for and no rule keeps for a post."""
        common = {step.step for step in self.nexts if step.open_to_all}
        return [step for step in self.ahead if step.name in common and step not in self.turn]

    @property
    def more(self) -> list[Step]:
        """What he can do besides."""
        return [step for step in self.ahead if step not in self.turn and step not in self.anybody]

    @property
    def again(self) -> list[Step]:
        """What lies behind and can be done once more."""
        return [option.step for option in self.own if option.allowed and self._over(option.step)]

    @cached_property
    def shut(self) -> list[Shut]:
        """What does not lie behind and is barred."""
        return [
            _said_shut(option, self.view, self.here)
            for option in self.own
            if not option.allowed and not self._over(option.step)
        ]

    @cached_property
    def stuck(self) -> Shut | None:
        """The first that the case waits for and that nobody can do yet; one that he will do himself before those of others."""
        view = self.view
        if view.case.ended:
            return None
        wanted = on_the_way(view.case, self.need)
        waiting = [one for one in self.shut if one.step.name in wanted and not one.by_another]
        own = (one for one in waiting if any(view.takers.may(one.step.name, actor) for actor in view.actors))
        return next(own, waiting[0] if waiting else None)

    @cached_property
    def beside(self) -> list[Step]:
        """What he can do beside the work of the file, as the procedure names it."""
        open_ = (
            option.step
            for option in self.options.values()
            if option.allowed and not option.step.word.own_work
        )
        return [step for step in open_ if step not in self.turn]

    @property
    def free(self) -> list[Step]:
        """To note, to ask, to pass on."""
        kept = {*ABOUT_THE_FILE, STEP.RECEIVED, STEP.OVERRIDDEN, *OF_OVERRIDES}
        if not to_send_back(self.view):
            kept.add(STEP.SENT_BACK)
        return [step for step in self.beside if step.name not in kept]

    @property
    def mending(self) -> list[Step]:
        """To correct, strike, withdraw: about the file as a whole."""
        return [step for step in self.beside if step.name in ABOUT_THE_FILE]

    @property
    def waits(self) -> list[Next]:
        """What the case waits for from others."""
        named = {step.name for step in (*self.anybody, *self.turn)}
        return [step for step in self.nexts if step.step not in self.mine | named]

    def _over(self, step: Step) -> bool:
        """Whether the step belongs to what lies behind: done, and nothing asks for it again."""
        case = self.view.case
        again = any(step.name in duty.steps for duty in case.running())
        return case.history.done(step.name) and not again and not _per_thing(step)


def _said_shut(option: Option, view: CaseView, here: Here) -> Shut:
    """A barred step with every reason, as this person reads them."""
    reasons = reasons_of(option.findings, step=option.step.name, view=view, here=here)
    rules, findings = view.procedure.by_name, option.findings
    persons = bool(findings) and all(rules[finding.rule].shape.about_persons for finding in findings)
    kept = BY_ANOTHER if view.takers.kept_from(option.step.name, option.actor) else None
    return Shut(option.step, tuple(reasons), persons, kept)


def _per_thing(step: Step) -> bool:
    """Whether it is taken once for each thing, so that one time may not be all."""
    return any(word.startswith("of ") for word in step.asks) or step.audience is not None


def chosen(steps: Steps, wanted: str | None, *, noting: bool = False) -> Step | None:
    """The step whose form is open: the one asked for, else the first of this person's turn.

    `noting`: it was asked for so as to note what somebody else did.
    """
    if wanted is not None:
        option, shut = steps.options.get(wanted), shut_here(steps, wanted)
        notable = noting and shut is not None and shut.by_another
        return option.step if option and (option.allowed or notable) else None
    return steps.turn[0] if steps.turn else None


def shut_here(steps: Steps, wanted: str | None) -> Shut | None:
    """The step that was asked for, where it cannot be taken and is among those that the page lists."""
    return next(
        (one for one in (steps.stuck, *steps.shut) if one is not None and one.step.name == wanted), None
    )


def shut_wanted(steps: Steps, wanted: str | None, view: CaseView, here: Here) -> Shut | None:
    """The step that was asked for, where it cannot be taken; also one beside the work of the file, which no list holds."""
    option = steps.options.get(wanted or "")
    if (listed := shut_here(steps, wanted)) is not None or option is None:
        return listed
    return None if option.allowed or option.step.word.own_work else _said_shut(option, view, here)
