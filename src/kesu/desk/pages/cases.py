"""台账: every case that this person may see, narrowed by facts, a page at a time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from kesu.caseload.asking.queries import Wanted, cases
from kesu.forms.fields.fields import Choice
from kesu.people.permissions import CASES
from kesu.procedure import words
from kesu.procedure.words.names import FACT
from kesu.reading.text import Text

from ..frame.page import page
from ..frame.render import render
from ..own.report import KINDS
from ..said.rows_said import CaseLine, case_line
from ..who.here import Here

FILTERS = ("kind", "state", "grade", "topic", "procedure")
AT_ONCE = 50
LONGEST = 200  # characters that a search looks for


@page(CASES)
def case_list(request: HttpRequest, here: Here) -> HttpResponse:
    """One page of the list, narrowed by what the address asks; an `after` that no page gave begins the list anew."""
    asked = request.GET
    try:
        listed = cases(here, wanted=_wanted(asked), after=asked.get("after") or None, limit=AT_ONCE)
    except ValueError:  # somebody wrote an `after` of his own
        listed = cases(here, limit=AT_ONCE)
    lines: list[CaseLine] = [case_line(row, here) for row in listed.rows]
    return render(
        request,
        here,
        "cases.html",
        lines=lines,
        next=_with(asked, after=listed.next) if listed.next else None,
        views=_views(asked),
        present=asked.get("view") or "open",
        filters=_filters(asked, here),
        text=asked.get("text", ""),
        programmes=any(procedure.periodic for procedure in here.procedures),
        reports=any(procedure.kind in KINDS for procedure in here.procedures),
        narrowed=any(asked.get(name) for name in (*FILTERS, "text", "view")),
    )


def _wanted(asked: QueryDict) -> Wanted:
    view = asked.get("view", "open")
    return (
        Wanted(
            **{name: asked.get(name) or None for name in FILTERS},
            open={"open": True, "overdue": True, "major": True, "ended": False}.get(view),
            overdue=True if view == "overdue" else None,
            text=asked.get("text", "")[:LONGEST] or None,
        )
        if view != "major"
        else Wanted(grade="major", open=True, text=asked.get("text", "")[:LONGEST] or None)
    )


def _views(asked: QueryDict) -> list[tuple[str, str, bool]]:
    """The views that everybody has: address, title, whether it is the present one."""
    titles = {
        "open": _("Open"),
        "overdue": _("Overdue"),
        "major": _("Major"),
        "ended": _("Ended"),
        "all": _("All"),
    }
    present = asked.get("view", "open")
    return [(f"?view={name}", title, name == present) for name, title in titles.items()]


def _filters(asked: QueryDict, here: Here) -> list[tuple[str, str, list[Choice], str]]:
    """Lists to narrow by: name, title, choices, the chosen one."""
    steps = {step.name: step.title for procedure in here.procedures for step in procedure.steps.values()}
    facts = words.facts()
    kinds = {
        procedure.kind: words.kind_said(procedure.kind, procedure.title) for procedure in here.procedures
    }
    options = [
        ("kind", _("Kind of file"), [Choice(name, title) for name, title in kinds.items()]),
        ("state", _("Stage"), [Choice(name, title) for name, title in steps.items()]),
        ("topic", _("Topic"), [Choice(name, title) for name, title in facts[FACT.TOPIC].choices.items()]),
        ("grade", _("Grade"), [Choice(name, title) for name, title in facts[FACT.GRADE].choices.items()]),
        (
            "procedure",
            _("Procedure"),
            [
                Choice(procedure.id, Text(procedure.title.zh, procedure.title.en))
                for procedure in here.procedures
            ],
        ),
    ]
    return [(name, title, choices, asked.get(name, "")) for name, title, choices in options]


def _with(asked: QueryDict, **more: str | None) -> str:
    query = asked.copy()
    for name, value in more.items():
        query[name] = value or ""
    return "?" + query.urlencode()
