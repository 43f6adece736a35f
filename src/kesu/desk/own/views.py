"""Views of the list that somebody kept: his own, and those that he shares with everybody in the organisation."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from kesu.caseload.asking.listing import counts

from ..models import SavedView
from ..who.here import Here
from .asked_list import VIEWS, Asked, asked, kept_of

MOST = 12  # that stand as tabs


@dataclass(frozen=True, slots=True)
class Tab:
    """A view as a tab. `number`: of a saved view its row, by which its owner takes it away."""

    title: str
    address: str
    current: bool
    count: int | None
    number: int | None = None
    shared_by: str = ""


def saved_views(here: Here) -> list[SavedView]:
    """His own and those that others share, the oldest first."""
    mine = Q(person=here.person) | Q(shared=True)
    return list(SavedView.objects.filter(mine, organisation=here.organisation).order_by("id")[:MOST])


def tabs(here: Here, present: Asked) -> list[Tab]:
    """The views that everybody has and those that were kept, with how many cases each holds, in two statements."""
    titles = {
        "open": _("Open"),
        "overdue": _("Overdue"),
        "major": _("Major"),
        "ended": _("Ended"),
        "all": _("All"),
    }
    saved = {f"saved {row.pk}": row for row in saved_views(here)}
    lists = {name: asked(QueryDict(row.query), here) for name, row in saved.items()}
    wanted = {name: VIEWS[name] for name in ("open", "overdue", "major")}
    found = counts(here, {**wanted, **{name: one.wanted for name, one in lists.items()}})
    kept = kept_of(present.query).urlencode()
    known = any(row.query == kept for row in saved.values())
    usual = [
        Tab(title, f"?view={name}", not known and name == present.view, found.get(name))
        for name, title in titles.items()
    ]
    return usual + [
        Tab(
            title=row.title,
            address=f"?{row.query}",
            current=row.query == kept,
            count=found[name],
            number=row.pk if row.person == here.person else None,
            shared_by="" if row.person == here.person else here.directory.name_of(row.person),
        )
        for name, row in saved.items()
    ]
