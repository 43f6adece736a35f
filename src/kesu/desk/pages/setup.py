"""建立单位: what is there, what is still wanted before the first complaint can be registered, and where to do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kesu.people.permissions import SETTLE
from kesu.procedure.written.model import Post, Procedure
from kesu.registry.calendars import present_calendar
from kesu.registry.drafts import Draft, waiting_drafts
from kesu.registry.portal_settings import portal_of
from kesu.registry.signatures import SAID, hands_of, reading_of, set_hands

from ..frame.page import page
from ..frame.render import render
from ..own.library import written_procedures
from ..own.registers import answered, by
from ..who.here import Here


@dataclass(frozen=True, slots=True)
class Offered:
    """A procedure that came along: how many settings are open, its edition in force if any, and a draft that waits."""

    procedure: Procedure
    open: int
    in_force: str
    draft: Draft | None
    waits_for: str


@require_http_methods(["GET", "POST"])
@page(SETTLE)
def setup(request: HttpRequest, here: Here) -> HttpResponse:
    """The list. POST sets how many persons sign an edition (422 when the register does not take it)."""
    problems: list[str] = []
    if request.method == "POST":
        answer = answered(
            lambda: set_hands(
                request.POST.get("hands", ""),
                reason=request.POST.get("reason", ""),
                key=request.POST.get("key", "")[:40] or uuid4().hex,
                **by(here),
            ),
            here,
        )
        if not isinstance(answer, list):
            messages.success(request, _("Recorded."))
            return redirect("setup")
        problems = answer
    calendar = present_calendar(here.directory, "main")
    present = [one for one in here.directory.persons.values() if one.left is None]
    return render(
        request,
        here,
        "setup.html",
        status=422 if problems else 200,
        persons=len(present),
        sign_ins=sum(one.user_id is not None for one in present),
        unheld=_unheld(here),
        settled_until=calendar.settled_until,
        shifts=calendar.to_data()["shifts"],
        offered=_offered(here),
        portal_open=portal_of(here.directory).is_open,
        hands=request.POST.get("hands") or hands_of(here.directory),
        said=SAID,
        reading=request.POST.get("reason") or reading_of(here.directory),
        errors={"": " ".join(problems)} if problems else {},
        key=uuid4().hex,
    )


def _unheld(here: Here) -> list[tuple[Procedure, Sequence[Post]]]:
    """The posts of procedures in force that nobody holds any more."""
    found = [
        (
            procedure,
            [
                post
                for post in procedure.posts.values()
                if not post.external and not here.directory.holders(post.name, here.now)
            ],
        )
        for procedure in here.procedures
    ]
    return [(procedure, posts) for procedure, posts in found if posts]


def _offered(here: Here) -> list[Offered]:
    in_force = {procedure.id for procedure in here.procedures}
    rows = []
    drafts = {one.procedure: one for one in waiting_drafts(here.organisation)}
    for name, procedure in written_procedures().items():
        own = here.directory.settings.get(name, {})
        waiting = drafts.get(name)
        edition = here.directory.edition_at(name, here.now)
        rows.append(
            Offered(
                procedure,
                sum(one not in own for one in procedure.unset),
                edition.edition if edition else "",
                waiting,
                here.directory.name_of(waiting.turn) if waiting else "",
            )
        )
    return sorted(
        rows,
        key=lambda one: (
            one.draft is None,
            one.procedure.id not in in_force,
            one.procedure.kind != "complaint",
        ),
    )
