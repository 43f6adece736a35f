"""What became of a command, as the next page: recorded, refused, or changed meanwhile."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kesu.caseload.acting.answers import Busy, Changed, Done, KeyTaken, NotYours, Refused
from kesu.caseload.acting.perform import perform
from kesu.caseload.asking.opened import CaseView, opened
from kesu.casework.deciding.command import Command
from kesu.forms.fields.near_misses import what_it_names
from kesu.forms.fields.step_form import StepForm
from kesu.forms.standing_of_a_person.in_words import actors_in_words
from kesu.forms.standing_of_a_person.next_steps import next_steps
from kesu.ledger.clock_doubt import ClockWrong
from kesu.procedure.kinds.typed_times import in_full
from kesu.procedure.words.names import FACT, STEP
from kesu.reading.text import Text
from kesu.reading.whole import whole

from ..frame.render import not_found
from ..own.tasks import next_of
from ..said.on_page import full_stop, ident, slug
from ..who.here import Here
from .around import around
from .case_page import case_page
from .reasons import reasons_of
from .subjects import subjects_said


def conclude(
    request: HttpRequest, here: Here, view: CaseView, form: StepForm, command: Command | None = None
) -> HttpResponse:
    """Performs the command of a form that was read without errors, or the one given, and answers with the next page.

    404: the file was closed to this person meanwhile. 409: the key was used for another command, the file was busy, the server's
    clock is wrong, or what the step reads was changed after the page was made. 422: refused by rules. Otherwise on to the case, or to My work where
    the case has passed to others. Whatever is not recorded keeps what was typed.
    """
    try:
        answer = perform(
            command or form.command(),
            organisation=here.organisation,
            person=here.person,
            now=here.now,
            key=form.key,
            file=view.row.file,
            seen_up_to=seen_up_to(request, view),
        )
    except NotYours:
        return not_found(request, here)
    except KeyTaken:
        form.problems.append(KEY_TAKEN)
        form.again()
        return case_page(request, here, view, form=form, status=409)
    except Busy:
        form.problems.append(BUSY)
        return case_page(request, here, view, form=form, status=409)
    except ClockWrong as wrong:
        form.problems.append(Text(wrong.in_("zh"), wrong.in_("en")))
        return case_page(request, here, view, form=form, status=409)
    match answer:
        case Done():
            return _done(request, here, view, form, answer)
        case Changed():
            form.again()
            return case_page(request, here, view, form=form, status=409, changed=answer)
        case Refused():
            return _refused(request, here, view, form, answer)


KEY_TAKEN = Text(
    "这张表已经交过一次，内容不一样。再交一次就是另记一笔；先看看经过里有没有。",
    "This form was sent before with other content. Sending it again records another act; look at the timeline first.",
)
BUSY = Text(
    "同时有好几个人在写这件案子，什么都没有写入。填的内容还在，再按一次就行。",
    "Several people are writing to this case at once; nothing was written. What you typed is kept: send it again.",
)


def seen_up_to(request: HttpRequest, view: CaseView) -> int:
    """The last entry that the page showed from which the form was sent."""
    number = whole(request.POST.get("seen", ""))
    return view.number if number is None else min(number, view.number)


def _refused(
    request: HttpRequest, here: Here, view: CaseView, form: StepForm, answer: Refused
) -> HttpResponse:
    reasons = reasons_of(answer.findings, step=form.step.name, view=view, here=here)
    form.refused(reasons, answer.problems, around=around(here, view.procedure, view))
    passing = [finding.rule for finding in answer.findings] if form.passing.own else []
    return case_page(request, here, view, form=form, status=422, passing=passing)


def _done(request: HttpRequest, here: Here, view: CaseView, form: StepForm, answer: Done) -> HttpResponse:
    after = opened(view.row.file, here)
    when = in_full(form.elsewhere.moment or here.now, zone=here.zone).in_(here.lang)
    asked = view.procedure.steps.get(STEP.OVERRIDE_PROPOSED) if form.passing.rules else None
    step = (asked or form.step).title.in_(here.lang)
    text = _("Recorded: %(when)s, %(step)s.") % {"when": when, "step": step}
    if after is None:
        messages.success(request, text + " " + _("The case has passed to others; you no longer see it."))
        return redirect("work")
    said = [text, *_subjects(form, after, here), _onward(after, here)]
    onward = _next_in_list(after, here)
    messages.success(request, " ".join(one for one in said if one), extra_tags=onward)
    return redirect("case", view.case_id)


def _subjects(form: StepForm, after: CaseView, here: Here) -> list[str]:
    """What the register says of the item, where the form named one."""
    if not any(what_it_names(field, form.fields) == FACT.ITEM and field.value for field in form.fields):
        return []
    return [said.in_(here.lang) + full_stop() for said in subjects_said(after)]


def _next_in_list(after: CaseView, here: Here) -> str:
    """The address of the form that stands first in his list, of other cases; “” where nothing does."""
    row = next_of(here, besides=after.row.file)
    return reverse("step", args=[ident(row.task.file), slug(row.step)]) + "#act" if row and row.step else ""


def _onward(after: CaseView, here: Here) -> str:
    """Whose turn it is now."""
    if after.case.ended:
        return _("The case has ended.")
    nexts = [step for step in next_steps(after.takers) if step.actors]
    if not nexts:
        return ""
    somebodys = [step for step in nexts if not step.open_to_all]
    mine = [step for step in somebodys if any(actor.person == here.person for actor in step.actors)]
    if mine:
        return _("Next it is your turn: “%(step)s”.") % {"step": mine[0].title.in_(here.lang)}
    first = (somebodys or nexts)[0]
    who = actors_in_words(list(first.actors), after.case, after.directory).in_(here.lang)
    return _("Next, “%(step)s”: %(who)s.") % {"step": first.title.in_(here.lang), "who": who}
