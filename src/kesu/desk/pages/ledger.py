"""存证: whether the ledger is what was written, and the signed checkpoints."""

from __future__ import annotations

from collections.abc import Sequence

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from markupsafe import Markup

from kesu.caseload.rebuilding.naming import subjects
from kesu.ledger.checkpoint import fingerprint, read_statement
from kesu.ledger.export import checkpoint_file
from kesu.ledger.faults import Fault
from kesu.ledger.giving import note_given, nudges
from kesu.ledger.marked import marks_path, newest_checkpoints
from kesu.ledger.marks import read_marks
from kesu.ledger.models import Checkpoint, Unsealed
from kesu.ledger.seal import CheckpointBroken, Last, last_checkpoint
from kesu.ledger.verify import verify
from kesu.people.permissions import LEDGER
from kesu.reading.text import Lang
from kesu.upkeep.giving_away import failures
from kesu.upkeep.giving_away_said import in_words, last_given

from ..frame.page import page
from ..frame.render import render
from ..who.here import Here, present

MOST = 30


@page(LEDGER)
def ledger(request: HttpRequest, here: Here) -> HttpResponse:
    """The checkpoints, and on request (POST: it reads everything) a verification."""
    report = verify(here.organisation) if request.method == "POST" else None
    rows = Checkpoint.objects.filter(organisation=here.organisation).order_by("-number")[:MOST]
    newest, marks = newest_checkpoints(here.organisation), read_marks(marks_path())
    return render(
        request,
        here,
        "ledger.html",
        report=report,
        faults=_said(report.faults[:MOST], here.lang) if report else [],
        checkpoints=[read_statement(bytes(row.body)) for row in rows],
        nudges=[one.in_(here.lang) for one in nudges(marks, newest)],
        given=[one.in_(here.lang) for one in last_given(marks, here.organisation)],
        failures=[in_words(one).in_(here.lang) for one in failures(here.organisation)],
        unsealed=Unsealed.objects.filter(organisation=here.organisation).count(),
    )


@page(LEDGER)
def give_checkpoint(request: HttpRequest, here: Here) -> HttpResponse:
    """The newest checkpoint, to be kept elsewhere: as a file, or on a sheet with a code that holds all of it.

    That it was given away is written down; nothing happens where it was not asked for, or there is none that can be read.
    """
    try:
        last = last_checkpoint(here.organisation)
    except CheckpointBroken:  # the page names it when the ledger is verified there
        last = None
    if request.method != "POST" or last is None:
        return redirect("ledger")
    note_given(last.statement, present())
    content = checkpoint_file(last)
    return _file(content, last) if request.POST.get("as") == "file" else _sheet(request, here, content, last)


def _file(content: bytes, last: Last) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/json")
    name = f"checkpoint-{last.statement.organisation}-{last.statement.number}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _sheet(request: HttpRequest, here: Here, content: bytes, last: Last) -> HttpResponse:
    code = segno.make_qr(content.decode().rstrip("\n"), error="l").svg_inline(scale=3, border=4)
    return render(
        request,
        here,
        "checkpoint.html",
        checkpoint=last.statement,
        fingerprint=fingerprint(last.statement.key),
        code=Markup(code),
    )


def _said(faults: Sequence[Fault], lang: Lang) -> list[str]:
    """Each fault, with the case, step, day and person that it is about first."""
    return [
        f"{subject.in_(lang)}；{fault.sentence(lang)}" if subject else fault.sentence(lang)
        for fault, subject in zip(faults, subjects(faults), strict=True)
    ]
