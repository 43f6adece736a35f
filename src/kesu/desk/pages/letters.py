"""告知信: a letter to the complainant, prepared, edited, printed or sent by hand; that it went out is noted by its own step."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kesu.caseload.asking.opened import CaseView
from kesu.caseload.sight.complainant import has_complainant
from kesu.people.permissions import LETTER
from kesu.procedure.words.names import FACT
from kesu.procedure.written.model import Step

from ..case.deadlines import deadlines
from ..case.told_outside import NAMES, notices
from ..frame.page import file_page
from ..frame.render import not_found, render
from ..papers.letter import LONGEST, SHORT, TITLES, is_draft, kept_back, letter_paper, prepared, short_text
from ..who.here import Here
from .prints import printed


@require_http_methods(["GET", "POST"])
@file_page(LETTER, source=True)
def letter(request: HttpRequest, here: Here, view: CaseView, name: str) -> HttpResponse:
    """404 for a letter that there is not. What waits for a consent is not prepared for whoever may not read it (409).

    POST prints what was edited, or makes a short text of it; empty or too long, it says so and keeps what was typed (422).
    """
    if name not in NAMES or not has_complainant(view.case):
        return not_found(request, here)
    if kept_back(view, name):
        return _page(request, here, view, name, status=409 if request.method == "POST" else 200)
    if request.method == "GET":
        return _page(request, here, view, name, body=prepared(view, name, deadlines(view, here), here))
    body = request.POST.get("body", "").strip()
    if wrong := _wrong(body):
        return _page(request, here, view, name, body=body, wrong=wrong, status=422)
    if request.POST.get("do") == "print":
        return printed(request, here, letter_paper(view, name, body, here), called=TITLES[name], view=view)
    return _page(request, here, view, name, body=body)


def _wrong(body: str) -> str:
    if not body:
        return _("There is nothing in the letter; write it first.")
    if len(body) > LONGEST:
        return _("The letter has %(n)s characters; at most %(most)s fit. Make it shorter.") % {
            "n": len(body),
            "most": LONGEST,
        }
    return ""


def _page(
    request: HttpRequest,
    here: Here,
    view: CaseView,
    name: str,
    *,
    body: str = "",
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    short = short_text(body, here) if body and not is_draft(view, name) else ""
    return render(
        request,
        here,
        "letter.html",
        status=status,
        view=view,
        name=name,
        title=TITLES[name],
        body=body,
        short=short if len(short) <= SHORT else "",
        too_long=len(short) if len(short) > SHORT else 0,
        most=SHORT,
        wrong=wrong,
        kept_back=kept_back(view, name),
        draft=is_draft(view, name),
        steps=_steps(view, name, short, here),
    )


def _steps(view: CaseView, name: str, text: str, here: Here) -> list[tuple[Step, str]]:
    """The steps by which it is noted that he was told, each with what its form begins with."""
    mine = next(one for one in notices(view, [], deadlines(view, here)) if one.name == name)
    return [(view.procedure.steps[step], _begins(view.procedure.steps[step], text)) for step in mine.steps]


def _begins(step: Step, text: str) -> str:
    fits = FACT.TEXT in step.asks and 0 < len(text) <= SHORT
    return "?" + urlencode({f"f-{FACT.TEXT}": text}) if fits else ""
