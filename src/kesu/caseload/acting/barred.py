"""Commands that were sent and barred: they leave nothing in the file, but can be looked up (semantics 5.5).

Barred is what a rule refuses, and also what never reaches a rule: a post that somebody does not hold, values that make
no sense, a file that is not his to see. Whatever was typed stays out of the list.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from kesu.ledger.oneway import writing
from kesu.people.permissions import BARRED
from kesu.reading.text import Text

from ..models import BarredRow, CaseRow
from ..rows.projection import insert
from ..sight.reader import Reader
from ..sight.seeing import hidden_from, visible
from .answers import Refused

NOT_TO_SEE: Final = Refused(
    None, problems=(Text("没有这件案卷，或不归他看", "no such file, or none that this person may see"),)
)
LOOKED: Final = "page opened"  # no step: he only wanted to look
QUOTED: Final = re.compile("“[^”]*(?:”|$)")  # what is opened and never closed goes to the end, read once


def note_barred(
    answer: Refused,
    *,
    organisation: str,
    person: str,
    post: str | None,
    step: str,
    file: str | None,
    when: datetime,
) -> None:
    """Writes one refused command down: by rules, with their clauses; for what is wrong with it, in words."""
    findings = answer.findings
    row = {
        "organisation": organisation,
        "person": person[:40],
        "post": (post or "")[:80],
        "step": step[:80],
        "file": (file or "")[:200],
        "clauses": list(dict.fromkeys(clause for finding in findings for clause in finding.clauses)),
        "why": [*(finding.rule for finding in findings), *map(_untyped, answer.problems)],
        "when": when,
    }
    insert(BarredRow, [row])


def note_unseen(
    *, organisation: str, person: str, post: str | None, step: str, file: str, when: datetime
) -> None:
    """The same for a file that is hidden from the person, or that there is not."""
    there = CaseRow.objects.filter(organisation=organisation, file=file[:200]).exists()
    note_barred(
        NOT_TO_SEE, organisation=organisation, person=person, post=post, step=step,
        file=file if there else None, when=when,
    )  # fmt: skip


def note_look(reader: Reader, file: str) -> None:
    """Somebody asked for the page of a file that is hidden from him since he has to stay out: written down once an hour."""
    if not hidden_from({file}, reader):
        return
    who = {"organisation": reader.organisation, "person": reader.person, "step": LOOKED}
    if BarredRow.objects.filter(file=file, when__gt=reader.now - timedelta(hours=1), **who).exists():
        return
    with writing(), transaction.atomic():
        note_barred(NOT_TO_SEE, post=None, file=file, when=reader.now, **who)


def problems_of(row: BarredRow) -> list[Text]:
    """What was wrong with the command itself, in words."""
    return [Text(problem["zh"], problem["en"]) for problem in row.why if isinstance(problem, dict)]


def barred(reader: Reader) -> QuerySet[BarredRow]:
    """The refused commands, newest first, for those whom the table lets; none about files hidden from the reader."""
    if not reader.may(BARRED):
        return BarredRow.objects.none()
    files = visible(reader).values("file")
    return (
        BarredRow.objects.filter(organisation=reader.organisation)
        .filter(Q(file="") | Q(file__in=files))
        .order_by("-when", "-id")
    )


def _untyped(problem: Text) -> dict[str, str]:
    """A problem without what it quotes: values that somebody typed may be personal, and this list is never erased."""
    return {"zh": QUOTED.sub("“…”", problem.zh)[:200], "en": QUOTED.sub("“…”", problem.en)[:200]}
