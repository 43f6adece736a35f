"""陈述: whoever is named in a file that he does not see says what he has to say about it."""

from __future__ import annotations

from typing import Final
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kesu.caseload.acting.answers import Busy, Done, KeyTaken, NotYours
from kesu.caseload.acting.perform import perform
from kesu.caseload.asking.named_in import named_in
from kesu.casework.deciding.command import Command
from kesu.ledger.clock_doubt import ClockWrong
from kesu.people.permissions import STATEMENT
from kesu.procedure.words.names import FACT, STEP
from kesu.reading.saying_nothing import wrong_reason

from ..case.outcome import BUSY, KEY_TAKEN
from ..frame.page import page
from ..frame.render import render
from ..who.here import Here

LONGEST: Final = 5000  # characters; more is handed in as a paper, and taken into the file by who handles it


@require_http_methods(["GET", "POST"])
@page(STATEMENT)
def statement(request: HttpRequest, here: Here) -> HttpResponse:
    """The open files in which this person is named, each with his statements and a form.

    In this order: he is named in the file that is sent and it is open (else 404, and the attempt is in the list of barred
    ones); it says something (else 422); the file takes it (else 409 or 422). What was typed is kept.
    """
    files = named_in(here)
    key = request.POST.get("key", "").strip()[:64] or uuid4().hex
    if request.method == "GET":
        return render(request, here, "statement.html", files=files, key=key, typed={}, errors={})
    sent, text = request.POST.get("file", ""), request.POST.get("text", "").strip()
    wrong = _wrong(text) if sent in {one.file for one in files} else ""
    try:
        problem, status = (wrong, 422) if wrong else _given(sent, text, key, here)
    except NotYours:
        problem, status = (
            _("You are named in no open file that this is about. Nothing was put on record."),
            404,
        )
    if not problem:
        messages.success(request, _("Your statement is in the file. Whoever handles it sees it there."))
        return redirect("own statement")
    return render(
        request, here, "statement.html", status=status, files=files, key=key if status == 422 else uuid4().hex,
        typed={sent: text}, errors={sent: problem},
    )  # fmt: skip


def _wrong(text: str) -> str:
    """Why nothing can be put on record; “” where it can."""
    if len(text) > LONGEST:
        return _("Write at most 5000 characters; a longer statement is handed in on paper.")
    return _("Write what you have to say, in words.") if wrong_reason(text) is not None else ""


def _given(file: str, text: str, key: str, here: Here) -> tuple[str, int]:
    """What is in the way and the status of the answer. Raises NotYours.

    Which rule bars it is not told: that would tell of the file.
    """
    command = Command(step=STEP.STATEMENT_GIVEN, by=here.person, facts={FACT.STATEMENT: text})
    try:
        answer = perform(
            command, organisation=here.organisation, person=here.person, now=here.now, key=key, file=file
        )
    except KeyTaken:
        return KEY_TAKEN.in_(here.lang), 409
    except Busy:
        return BUSY.in_(here.lang), 409
    except ClockWrong as wrong:
        return wrong.in_(here.lang), 409
    if isinstance(answer, Done):
        return "", 200
    return _("The file takes no statement any more. Give it to the quality manager."), 422
