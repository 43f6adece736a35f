"""The same act in several cases: one form for each, judged by itself, looked at before anything is written.

What settles something, and what cannot be undone, is taken in each case by itself: the words of the step say which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

from kesu.caseload.acting.answers import Busy, Changed, Done, KeyTaken, NotYours, Refused
from kesu.caseload.acting.perform import perform
from kesu.caseload.asking.opened import CaseView, opened, when_answered
from kesu.casework.deciding.decide import Barred, decide
from kesu.casework.deciding.signature import wants_signature
from kesu.casework.waiting.options import option
from kesu.forms.fields.near_misses import OnRecord, as_meant, ask_near_misses
from kesu.forms.fields.odd_figures import ask_odd_figures
from kesu.forms.fields.reading import Typed
from kesu.forms.fields.step_form import StepForm
from kesu.forms.fields.widgets import TABLE, UPLOAD
from kesu.ledger.clock_doubt import ClockWrong
from kesu.names import StepName
from kesu.procedure.history.verdict import Finding
from kesu.procedure.words import spoken
from kesu.procedure.written.model import Step
from kesu.reading.text import Text
from kesu.reading.whole import whole

from ..said.rows_said import CaseLine, line_of
from ..who.here import Here
from .form_here import form_for
from .reasons import reasons_of

MOST: Final = 20  # cases at once: more is not read by whoever fills it in
ONE_BY_ONE: Final = (TABLE, UPLOAD)  # widgets of what is told of one case alone
NO_STEP: Final = Text("本案的程序没有这一步", "the procedure of this case has no such step")
KEPT: Final = Text("这一步由别人办，或现在不轮到办", "this step is somebody else's, or not to be taken now")
ENDED: Final = Text("案卷已经办结", "the case has ended")
ALONE: Final = Text("在本案里这一步要单独办", "in this case the step is taken by itself")
NOT_SEEN: Final = Text("这件案子已经转给别人", "the case has passed to others")
CHANGED: Final = Text(
    "你打开之后有人改过这件案子；请打开案件再办", "somebody changed the case since; open it and act there"
)
OTHERWISE: Final = Text(
    "这一件已经交过一次，内容不一样；先看看经过",
    "this one was sent before with other content; look at its timeline",
)
BUSY: Final = Text(
    "同时有别人在写这件案子，没有写入；再交一次",
    "others are writing to this case; nothing was written, send it again",
)


@dataclass(slots=True)
class Card:
    """One case on the page. `reasons`: why nothing is done in it; `entry`: the one that was recorded; `same`: says what the first says."""

    view: CaseView
    line: CaseLine
    form: StepForm | None
    reasons: list[Text] = field(default_factory=list)
    left_out: bool = False
    same: bool = False
    entry: int = 0

    @property
    def before(self) -> str:
        """What stands before the names of its inputs."""
        return f"c-{self.view.case_id}-"

    @property
    def will(self) -> bool:
        """Whether something would be recorded, or was."""
        return self.form is not None and not self.left_out and not self.reasons


def views_of(idents: Iterable[str], here: Here) -> list[CaseView]:
    """The cases that this person sees of those that were chosen, each once, as many as go together."""
    found = (opened(f"case/{one}", here) for one in dict.fromkeys(idents))
    return [view for view in found if view is not None][:MOST]


def choices(views: Sequence[CaseView]) -> list[tuple[Step, int]]:
    """The steps that can be taken together now: each with in how many of the cases."""
    able: dict[str, tuple[Step, int]] = {}
    for view in views:
        for one in view.options():
            if one.allowed and goes_together(one.step, view):
                step, many = able.get(one.step.name, (one.step, 0))
                able[one.step.name] = (step, many + 1)
    return sorted(able.values(), key=lambda one: (not one[0].word.own_work, -one[1]))


def goes_together(step: Step, view: CaseView) -> bool:
    """Whether a step may be taken in several cases at once: nothing that settles, is signed, or says what waits for a consent."""
    return (
        step.word.in_bulk
        and step.name not in view.gate.steps
        and not wants_signature(view.procedure, step.name)
    )


def cards(views: Sequence[CaseView], name: str, here: Here, typed: Typed) -> list[Card]:
    """Each case with the form of the step, or with why it has none; what was sent before is read as the case stood then."""
    return [_card(view, name, here, typed) for view in views]


def _card(view: CaseView, name: str, here: Here, typed: Typed) -> Card:
    with spoken(view.case.words):
        before = when_answered(view, key="".join(typed.get(f"c-{view.case_id}-key", ())))
        card = Card(before, line_of(view, here), None)
        view = before
        step = view.procedure.steps.get(name)
        if step is None:
            card.reasons = [NO_STEP]
        elif not goes_together(step, view):
            card.reasons = [ALONE]
        else:
            _with_form(card, step, here)
    return card


def _with_form(card: Card, step: Step, here: Here) -> None:
    view = card.view
    ended = view.case.ended and not step.word.may_follow_end
    if ended or not view.actors:
        card.reasons = [ENDED if ended else KEPT]
        return
    here_now = option(view.takers, step, actors=view.actors)
    if not here_now.allowed:
        card.reasons = _said(here_now.findings, (), view, step.name, here) or [KEPT]
        return
    form = form_for(step, view, here)
    if any(one.widget in ONE_BY_ONE for one in form.fields):
        card.reasons = [ALONE]
        return
    form.key = uuid4().hex
    card.form = form
    _named(card)


def _named(card: Card) -> None:
    """Inputs of several forms on one page are told apart."""
    assert card.form is not None
    for one in card.form.all_fields:
        one.before = card.before


def read(cards_: Sequence[Card], typed: Typed, here: Here) -> None:
    """Takes what was sent; whoever says the same as the first gets its words. What is wrong is among the reasons."""
    first: Mapping[str, Sequence[str]] = {}
    for card in cards_:
        if card.form is None:
            continue
        mine = {
            name.removeprefix(card.before): said
            for name, said in typed.items()
            if name.startswith(card.before)
        }
        card.left_out, card.same = bool(mine.get("out")), bool(mine.get("same"))
        if card.same and first:
            mine |= {name: said for name, said in first.items() if name.startswith("f-")}
        first = first or mine
        _read(card, card.form, as_meant(mine), here)


def _read(card: Card, form: StepForm, mine: Typed, here: Here) -> None:
    view = card.view
    form.seen_up_to = min(view.number, whole("".join(mine.get("seen", ()))) or view.number)
    for one in form.all_fields:
        one.before = ""
    with spoken(view.case.words):
        form.read(mine, procedure=view.procedure, now=here.now, zone=here.zone)
        ask_near_misses(form.all_fields, mine, OnRecord(here))
        ask_odd_figures(
            form.fields,
            mine,
            form.facts,
            history=view.case.history,
            now=here.now,
            zone=here.zone,
            kept_back=view.gate.kept_back,
        )
    _named(card)
    card.reasons = [
        Text(f"{one.title.zh}：{error.zh}", f"{one.title.en}: {error.en}") for one, error in form.errors
    ]


def look(card: Card, here: Here) -> None:
    """What the rules would say: nothing is written, and nobody learns of it."""
    if not card.will or card.form is None:
        return
    with spoken(card.view.case.words):
        decided = decide(card.view.case, card.form.command(), now=card.view.now)
        if isinstance(decided, Barred):
            card.reasons = _said(decided.findings, decided.problems, card.view, card.form.step.name, here)


def act(card: Card, here: Here) -> None:
    """Takes the step in this case; what keeps it from being recorded is among the reasons."""
    if not card.will or card.form is None:
        return
    form, view = card.form, card.view
    try:
        answer = perform(
            form.command(),
            organisation=here.organisation,
            person=here.person,
            now=here.now,
            key=form.key,
            file=view.row.file,
            seen_up_to=form.seen_up_to,
        )
    except NotYours:
        card.reasons = [NOT_SEEN]
    except KeyTaken:
        card.reasons = [OTHERWISE]
    except Busy:
        card.reasons = [BUSY]
    except ClockWrong as wrong:
        card.reasons = [Text(wrong.in_("zh"), wrong.in_("en"))]
    else:
        _answered(card, answer, here)


def _answered(card: Card, answer: Done | Refused | Changed, here: Here) -> None:
    assert card.form is not None
    if isinstance(answer, Done):
        card.entry = answer.number
    elif isinstance(answer, Changed):
        card.reasons = [CHANGED]
    else:
        with spoken(card.view.case.words):
            card.reasons = _said(answer.findings, answer.problems, card.view, card.form.step.name, here)


def _said(
    findings: Iterable[Finding], problems: Iterable[Text], view: CaseView, step: StepName, here: Here
) -> list[Text]:
    """Each reason with the clause of its paper, and who can."""
    return [*problems, *(one.why for one in reasons_of(findings, step=step, view=view, here=here))]
