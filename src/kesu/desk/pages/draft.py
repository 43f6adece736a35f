"""程序 → 起草稿: what would change, what last year's cases would have got, and the signatures of the three who are named."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kesu.caseload.acting.answers import Done
from kesu.caseload.asking.under_another import under_another
from kesu.caseload.folded.books import procedure_by_digest
from kesu.people.models import Edition
from kesu.people.permissions import PROCEDURES, SIGN_EDITION
from kesu.people.registers.edition import APPROVED, REVIEWED, SENT_BACK
from kesu.procedure.saying.sentence import sentence
from kesu.procedure.written.canonical import from_canonical
from kesu.procedure.written.differing import Differing, differing
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.rule import Rule
from kesu.reading.text import Text
from kesu.registry.drafts import Draft, drafts_of, sign_draft

from ..case.signing import wrong_password
from ..frame.page import page
from ..frame.render import not_found, render
from ..own.registers import answered, by
from ..own.tries import tries_of
from ..who.here import Here
from ..who.idle import in_demo
from .procedure import edition_page

SIGNED = {"review": REVIEWED, "approve": APPROVED, "back": SENT_BACK}
LONGEST = 400  # characters of a remark


@require_http_methods(["GET", "POST"])
@page(SIGN_EDITION)
def draft(request: HttpRequest, here: Here, name: str, number: int) -> HttpResponse:
    """404 for a draft that there is not. POST signs it: the password first, then the register looks who may (else 422)."""
    found = next((one for one in drafts_of(here.organisation, name) if one.number == number), None)
    if found is None:
        return not_found(request, here)
    errors = _sign(request, here, found) if request.method == "POST" else {}
    if request.method == "POST" and not errors:
        messages.success(request, _("Recorded."))
        return redirect("draft", name, number)
    return render(
        request,
        here,
        "draft.html",
        status=422 if errors else 200,
        draft=found,
        **_compared(found, here),
        signatures=_signatures(found, here),
        mine=found.turn == here.person,
        may_send_back=bool(found.turn) and here.person in (found.drafter, found.reviewer, found.approver),
        waits_for=here.directory.name_of(found.turn) if found.turn else "",
        act="approve" if REVIEWED in found.signed else "review",
        remark=request.POST.get("remark", ""),
        errors=errors,
        key=uuid4().hex,
    )


def _compared(drafted: Draft, here: Here) -> dict[str, Any]:
    """The draft beside the edition in force: what changes, what last year's cases would have got, and its examples."""
    edition = from_canonical(drafted.text)
    standing = here.directory.edition_at(drafted.procedure, here.now)
    settings = {one.name: one.value for one in edition.settings.values() if one.value is not None}
    beside: dict[str, Any] = {
        "procedure": edition,
        "changes": None,
        "under": None,
        "rule_said": lambda rule: _rule_said(rule, edition),
        "tries": tries_of(drafted.procedure, settings),
    }
    if standing is not None:
        before = procedure_by_digest(here.organisation, standing.digest)
        beside["changes"] = _said(differing(before, edition), before, edition)
        beside["under"] = under_another(edition, here)
    return beside


def _sign(request: HttpRequest, here: Here, drafted: Draft) -> dict[str, str]:
    step = SIGNED.get(request.POST.get("act", ""))
    if step is None:
        return {"": _("Choose what to do.")}
    if here.user.has_usable_password() or not in_demo(request):
        wrong = wrong_password(request, here)
        if wrong is not None:
            return {"password": wrong.in_(here.lang)}
    answer = answered(
        lambda: sign_draft(
            drafted,
            step,
            remark=request.POST.get("remark", "").strip()[:LONGEST],
            key=request.POST.get("key", "")[:40] or uuid4().hex,
            **by(here),
        ),
        here,
    )
    return {} if isinstance(answer, Done) else {"": " ".join(answer)}


def _signatures(drafted: Draft, here: Here) -> list[tuple[str, str, object, str]]:
    """What, who, when (None: not yet), and what he said."""
    lines: list[tuple[str, str, object, str]] = [
        (_("Drafted"), here.directory.name_of(drafted.drafter), drafted.drafted, "")
    ]
    for step, title, person in (
        (REVIEWED, _("Reviewed"), drafted.reviewer),
        (APPROVED, _("Approved"), drafted.approver),
    ):
        entry = drafted.signed.get(step)
        said = str(entry.facts.get("remark") or "") if entry else ""
        lines.append((title, here.directory.name_of(person), entry.noted if entry else None, said))
    back = drafted.signed.get(SENT_BACK)
    if back is not None:
        lines.append((_("Sent back"), here.directory.name_of(back.by), back.noted, str(back.facts["reason"])))
    return lines


def _said(changes: Differing, before: Procedure, after: Procedure) -> dict[str, list[object]]:
    """The differences in sentences: new, gone, other (before and after), settings (title, before, after)."""

    def titled(name: str) -> Text:
        setting = after.settings.get(name) or before.settings[name]
        return setting.title or Text(name, name)

    return {
        "new": [(rule, _rule(rule, after)) for rule in changes.new],
        "gone": [(rule, _rule(rule, before)) for rule in changes.gone],
        "other": [(now, _rule(was, before), _rule(now, after)) for was, now in changes.other],
        "settings": [(titled(name), was, now) for name, was, now in changes.settings],
    }


def _rule(rule: Rule, procedure: Procedure) -> Text:
    return Text(sentence(rule, procedure, "zh"), sentence(rule, procedure, "en"))


def _rule_said(name: str, procedure: Procedure) -> Text:
    rule = procedure.by_name.get(name)
    return _rule(rule, procedure) if rule else Text(name, name)


@page(PROCEDURES)
def judging_edition(request: HttpRequest, here: Here, name: str, digest: str) -> HttpResponse:
    """The edition with this digest, by which a case is judged; 404 for none."""
    row = Edition.objects.filter(organisation=here.organisation, procedure=name, digest=digest).last()
    return not_found(request, here) if row is None else redirect("one edition", name, row.number)


@page(PROCEDURES)
def edition(request: HttpRequest, here: Here, name: str, number: int) -> HttpResponse:
    """An edition that was put in force, whether it still holds or not: rules, settings, who signed it; 404 for none."""
    row = Edition.objects.filter(organisation=here.organisation, procedure=name, number=number).first()
    if row is None:
        return not_found(request, here)
    return edition_page(request, here, procedure_by_digest(here.organisation, row.digest), row)
