"""一起办: the same act in several cases as one stacked form; looked at first, then recorded case by case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from kesu.caseload.asking.opened import CaseView
from kesu.forms.fields.reading import Typed
from kesu.people.permissions import TOGETHER

from ..case.together import MOST, Card, act, cards, choices, look, read, views_of
from ..frame.page import page
from ..frame.render import render
from ..said.rows_said import line_of
from ..who.here import Here

LOOK, DO = "look", "do"  # what the two buttons send
NOTHING: Final[Typed] = {}


@require_http_methods(["GET", "POST"])
@page(TOGETHER)
def together(request: HttpRequest, here: Here) -> HttpResponse:
    """The cases chosen by `file`; without `step` what can be done in them, with it the stacked form.

    Sent to look at, it says what would be recorded and writes nothing; sent to be done, each case is judged by itself, and the
    page says of each what became of it. Sent twice it is done once.
    """
    asked = request.POST if request.method == "POST" else request.GET
    views = views_of(asked.getlist("file"), here)
    name = asked.get("step", "").replace("-", " ")
    if not name or not views:
        return _choose(request, here, views)
    typed = dict(request.POST.lists()) if request.method == "POST" else NOTHING
    stack = cards(views, name, here, typed)
    state = _state(request)
    if typed:
        read(stack, typed, here)
        for card in stack:
            look(card, here) if state == LOOK else act(card, here)
    return render(request, here, "together.html", **_said(stack, name, state))


def _state(request: HttpRequest) -> str:
    if request.method == "GET":
        return ""
    return DO if DO in request.POST else LOOK


def _said(stack: Sequence[Card], name: str, state: str) -> dict[str, Any]:
    """What the page tells."""
    steps = [card.form.step for card in stack if card.form is not None]
    title = next((step.title for step in steps), None) or next(
        (card.view.procedure.steps[name].title for card in stack if name in card.view.procedure.steps), None
    )
    return {
        "cards": stack,
        "step": name,
        "title": title,
        "state": state,
        "will": sum(card.will for card in stack),
        "left_out": [card for card in stack if not card.will],
    }


def _choose(request: HttpRequest, here: Here, views: Sequence[CaseView]) -> HttpResponse:
    return render(
        request,
        here,
        "together_choose.html",
        lines=[line_of(view, here) for view in views],
        choices=choices(views),
        most=MOST,
    )
