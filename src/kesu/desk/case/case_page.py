"""Everything that the page of one case shows."""

from __future__ import annotations

from functools import partial
from typing import Any, Final
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from kesu.caseload.asking.evidence import evidence_of
from kesu.caseload.asking.opened import CaseView
from kesu.caseload.folded.secrecy import is_kept_secret
from kesu.caseload.sight.complainant import arrives, has_complainant
from kesu.caseload.sight.lines import Line
from kesu.casework.deciding.sending_back import sent_back
from kesu.casework.file.naming import seen_still
from kesu.casework.file.roles_in_file import apart, apart_unknown
from kesu.casework.waiting.called_on import asked_for
from kesu.files.previews import DRAWN
from kesu.forms.fields.step_form import StepForm
from kesu.forms.said.values import fact_said
from kesu.forms.standing_of_a_person.clauses import clauses_of, numbers
from kesu.procedure import words
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import COMPLETING
from kesu.reading.text import Text

from ..frame.render import render
from ..own.batch import batch_of
from ..own.drafted import form_of_step, taken_up
from ..own.precedents_said import precedents_said
from ..own.report import is_report
from ..said.rows_said import case_lines, line_of
from ..said.timeline import AT_ONCE, TimelineEntry, timeline
from ..who.form_drafts import Draft
from ..who.here import Here
from .comparing import answers, pairs
from .consent import consent_to
from .deadlines import Deadline, deadlines
from .form_here import form_for, seats_said, to_send_back
from .joint_here import parts_of
from .overrides import may_ask, overrides_here
from .sealed import ledger_line
from .stages import length_said, stages
from .steps_here import Steps, chosen, shut_wanted, steps_here
from .told_outside import PROOF, judgements, notices

SIDES: Final = {
    "": Text("全部", "All"),
    "outside": Text("对客户", "With the complainant"),
    "inside": Text("内部", "Inside"),
    "papers": Text("文书", "Papers"),
}


def case_page(
    request: HttpRequest,
    here: Here,
    view: CaseView,
    *,
    form: StepForm | None = None,
    wanted: str | None = None,
    noting: bool = False,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page, with this form open, or that of the wanted step, or of the first that is this person's turn.

    `noting`: the wanted step was asked for so as to note that somebody else took it.
    """
    steps = steps_here(view, here)
    is_read = form is not None and request.method == "POST"
    if form is None and (step := chosen(steps, wanted, noting=noting)) is not None:
        form = form_for(step, view, here)
    draft = _draft(request, here, view, form) if form is not None and not is_read else None
    if form is not None and noting:
        form.elsewhere.for_other = True
    told = _timeline(view, form, more.pop("shown_entries", frozenset()), request.GET.get("show", ""))
    entries = told.pop("entries")
    parts = {**told, **_around(view, here, entries), **_head(view), **_unnamed(view, steps)}
    context = {
        "view": view,
        "case_id": view.case_id,
        "line": line_of(view, here),
        "steps": steps,
        "also": len([*steps.more, *steps.free, *steps.again, *steps.mending, *steps.shut]),
        "form": form,
        "asks_item": form is not None and form.asks_item,
        "ways": seats_said(form.actors, view) if form else [],
        "shut_wanted": None if form else shut_wanted(steps, wanted, view, here),
        "may_let_pass": may_ask(view, wanted),
        "overrides": overrides_here(view, here),
        "override_key": uuid4().hex,
        "opened": form_of_step(view.row.file, form.step.name, here) if form else None,
        "precedents": precedents_said(view, here, form.step.name) if form else [],
        "draft": draft,
        "changed": None,
        "passing": [],
        "returns": _returns(steps, view, form),
        "sending_back": STEP.SENT_BACK,
        "completing": form is not None and form.step.name in COMPLETING and form.step in steps.turn,
    }
    return render(request, here, "case.html", status=status, **{**context, **parts, **more})


def _draft(request: HttpRequest, here: Here, view: CaseView, form: StepForm) -> Draft | None:
    """Fills in what this person had typed into this form before; what the address puts in counts for more."""
    opened = form_of_step(view.row.file, form.step.name, here)
    read = partial(form.read, procedure=view.procedure, now=here.now, zone=here.zone)
    asked = {field.name: request.GET[field.name] for field in form.all_fields if field.name in request.GET}
    return taken_up(opened, form, read, asked=asked)


def _unnamed(view: CaseView, steps: Steps) -> dict[str, Any]:
    """Whether who complains wants to stay unnamed, and whether this person may look."""
    look = steps.options.get(STEP.SOURCE_LOOKED_AT)
    return {
        "is_unnamed": is_kept_secret(view.case),
        "look": STEP.SOURCE_LOOKED_AT,
        "may_look": look is not None and look.allowed,
    }


def _head(view: CaseView) -> dict[str, Any]:
    """What the head says beside the row."""
    first = view.case.history.acts[0]
    late = first.noted - first.at
    return {
        "stages": stages(view),
        "noted_late": length_said(late) if late > AT_ONCE and first.by is not None else None,
    }


def _sides(entries: list[TimelineEntry], show: str) -> dict[str, Any]:
    """The timeline from one side, and all of them with how much each shows."""
    sides = {
        "": entries,
        "outside": [one for one in entries if one.outside],
        "inside": [one for one in entries if not one.outside],
        "papers": [one for one in entries if one.medium.zh or any(said.word in PROOF for said in one.facts)],
    }
    return {
        "timeline": sides.get(show, entries),
        "sides": [(name, SIDES[name], len(rows), name == show) for name, rows in sides.items()],
    }


def _timeline(view: CaseView, form: StepForm | None, entries: frozenset[int], show: str) -> dict[str, Any]:
    """The timeline; for a form that consents or tells, the content it is about; for one sent back, by whom and why."""
    about = form is not None and form.step.name in view.gate.steps
    behind = view.as_they_stand(view.gate.words) if about else []
    entries_said = timeline(view, unmasked=entries)[::-1]
    back = sent_back(view.case, form.step.name) if form is not None else None
    asking = asked_for(view.case, form.step.name, view.reader.person) if form is not None else None
    return {
        "timeline": entries_said,
        "joint": parts_of(view, form.step.name, entries_said) if form is not None else None,
        "entries": entries_said,
        **_sides(entries_said, show),
        "asking": next((one for one in entries_said if asking and one.number == asking.number), None),
        "returned": next((one for one in entries_said if back and one.number == back.number), None),
        "shows": [fact_said(fact, view.directory) for fact in behind],
        "consent": consent_to(view, form.step, behind) if form is not None and behind else None,
    }


def _returns(steps: Steps, view: CaseView, form: StepForm | None) -> list[tuple[Text, int]]:
    """What may be sent back instead of being decided on, the newest first: the title of each step, and the entry."""
    if form is None or not form.step.word.decides or form.elsewhere.for_other:
        return []
    option = steps.options.get(STEP.SENT_BACK)
    acts = to_send_back(view, deciding_at=form.step.name) if option is not None and option.allowed else []
    return [
        (view.procedure.steps[act.step].title, act.number)
        for act in sorted(acts, key=lambda one: -one.number)
    ]


def _around(view: CaseView, here: Here, entries: list[TimelineEntry]) -> dict[str, Any]:
    """The column at the side."""
    checked = clauses_of(view, now=here.now)
    still = seen_still(view.case.history)
    limits = deadlines(view, here)
    next_limit = next((limit for limit in limits if limit.running and limit.until), None)
    return {
        "limits": limits,
        "limits_done": [limit for limit in limits if not limit.running],
        "next_limit": next_limit,
        "late": next_limit is not None and next_limit.until is not None and next_limit.until.late,
        "with_whom": _with_whom(view, next_limit),
        "notices": notices(view, entries, limits),
        "judgements": judgements(entries),
        "because": (FACT.WAIVER_GROUND, FACT.REASON),
        "kept_out": kept_out(view),
        "named_only": sorted(map(view.directory.name_of, still & view.directory.persons.keys())),
        "own_statements": own_statements(view),
        "not_told": [words.facts()[fact].title for fact in apart_unknown(view.case)],
        "to_mend": view.case.to_mend(),
        "checked": checked,
        "numbers": numbers(checked),
        "links": case_lines(view.links, here),
        "evidence": view.case.history.things(FACT.EVIDENCE),
        "evidence_files": evidence_of(view),
        "drawn": DRAWN,
        "ledger": ledger_line(here.organisation, view),
        "arrives": arrives(view.case),
        "has_complainant": has_complainant(view.case),
        "is_report": is_report(view),
        "batch": batch_of(view, here),
        "pairs": pairs(view, here),
        "answers": answers(),
    }


def _with_whom(view: CaseView, limit: Deadline | None) -> Text:
    """Who has the case now: the person, where one alone can do what is due next, else the post."""
    able = {actor.person for step in limit.duty.steps for actor in view.takers.of(step)} if limit else set()
    if len(able) == 1:
        name = view.directory.name_of(able.pop())
        return Text(name, name)
    return limit.owner if limit else Text("", "")


def own_statements(view: CaseView) -> list[Line]:
    """Where those whom the file is about, and who do not see it, said something themselves: who decides reads it."""
    return [
        line
        for line in view.lines
        if line.kind == STEP.STATEMENT_GIVEN
        and line.post is None
        and line.recorder is None
        and not line.struck
    ]


def kept_out(view: CaseView) -> list[str]:
    """Names of the persons and units that have to stay out."""
    out, still = apart(view.case), seen_still(view.case.history)
    persons = sorted(view.directory.name_of(person) for person in out.persons - still)
    return [*persons, *sorted(view.directory.unit_title(unit) for unit in out.units - still)]
