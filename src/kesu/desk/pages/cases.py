"""台账: every case that this person may see: in views, narrowed by facts, in order, a page at a time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kesu.caseload.asking.continuity import continuity
from kesu.caseload.asking.listing import cases
from kesu.caseload.asking.searching import snippets
from kesu.people.permissions import CASES, WORK
from kesu.procedure import words

from ..frame.page import page
from ..frame.render import render
from ..own.asked_list import COLUMNS, Asked, asked
from ..own.filters import filters, traits
from ..own.report import KINDS
from ..own.views import tabs
from ..said.rows_said import case_lines
from ..who.here import Here

AT_ONCE = 50


@page(CASES)
def case_list(request: HttpRequest, here: Here) -> HttpResponse:
    """One page of the list as its address asks for it; an `after` that no page gave begins the list anew."""
    asked_ = asked(request.GET, here)
    after = request.GET.get("after") or None
    try:
        listed = cases(here, wanted=asked_.wanted, after=after, limit=AT_ONCE, order=asked_.order)
    except ValueError:  # somebody wrote an `after` of his own
        after, listed = None, cases(here, wanted=asked_.wanted, limit=AT_ONCE, order=asked_.order)
    text = asked_.wanted.text
    whole = asked_.view == "all" and not asked_.narrowed and not after
    return render(
        request,
        here,
        "cases.html",
        lines=case_lines(listed.rows, here),
        next=_older(asked_, listed.next),
        asked=asked_,
        tabs=tabs(here, asked_),
        heads=heads(asked_),
        columns=columns(),
        filters=filters(asked_, here),
        traits=traits(here),
        chosen_traits=request.GET.getlist("trait"),
        typed={name: request.GET.get(name, "") for name in ("text", "number", "since", "until")},
        text=request.GET.get("text", ""),
        found=snippets(here, [row.file for row in listed.rows], text) if text else {},
        facts=words.facts(),
        together=here.is_offered(WORK),
        series=continuity(here) if whole else [],
        programmes=any(procedure.periodic for procedure in here.procedures),
        reports=any(procedure.kind in KINDS for procedure in here.procedures),
    )


def columns() -> dict[str, str]:
    """The columns that can be chosen, by name: the number is always there."""
    titles = {
        "received": _("Received"),
        "face": _("Who, what, which"),
        "topic": _("Topic"),
        "grade": _("Grade"),
        "state": _("Stage"),
        "next_due": _("Next limit"),
        "owner": _("With"),
        "procedure": _("Procedure"),
        "ended": _("Ended"),
    }
    return {name: titles[name] for name in COLUMNS}


def heads(asked_: Asked) -> list[tuple[str, str, str | None, str]]:
    """The heads of the table: column, title, the address that puts the list in its order, and how it is in order now."""
    ordered = {"label": "label", "received": "received", "next_due": "next_due"}
    titles = {
        "label": _("Number"),
        **{name: title for name, title in columns().items() if name in asked_.columns},
    }
    made = []
    for name, title in titles.items():
        by = ordered.get(name)
        other = f"-{by}" if asked_.order == by else by
        state = {by: "ascending", f"-{by}": "descending"}.get(asked_.order, "") if by else ""
        made.append((name, title, asked_.address(order=other) if by else None, state))
    return made


def _older(asked_: Asked, place: str | None) -> str | None:
    return f"{asked_.address()}&{urlencode({'after': place})}" if place else None
