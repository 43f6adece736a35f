"""存证: whether the ledger is what was written, and the signed checkpoints."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

from kesu.caseload.rebuilding.naming import subjects
from kesu.ledger.checkpoint import read_statement
from kesu.ledger.faults import Fault
from kesu.ledger.giving import nudges
from kesu.ledger.marked import marks_path, newest_checkpoints
from kesu.ledger.marks import read_marks
from kesu.ledger.models import Checkpoint, Unsealed
from kesu.ledger.verify import verify
from kesu.people.permissions import LEDGER
from kesu.reading.text import Lang

from ..frame.page import page
from ..frame.render import render
from ..who.here import Here

MOST = 30


@page(LEDGER)
def ledger(request: HttpRequest, here: Here) -> HttpResponse:
    """The checkpoints, and on request (POST: it reads everything) a verification."""
    report = verify(here.organisation) if request.method == "POST" else None
    rows = Checkpoint.objects.filter(organisation=here.organisation).order_by("-number")[:MOST]
    newest = newest_checkpoints(here.organisation)
    return render(
        request,
        here,
        "ledger.html",
        report=report,
        faults=_said(report.faults[:MOST], here.lang) if report else [],
        checkpoints=[read_statement(bytes(row.body)) for row in rows],
        nudges=[one.in_(here.lang) for one in nudges(read_marks(marks_path()), newest)],
        unsealed=Unsealed.objects.filter(organisation=here.organisation).count(),
    )


def _said(faults: Sequence[Fault], lang: Lang) -> list[str]:
    """Each fault, with the case, step, day and person that it is about first."""
    return [
        f"{subject.in_(lang)}；{fault.sentence(lang)}" if subject else fault.sentence(lang)
        for fault, subject in zip(faults, subjects(faults), strict=True)
    ]
