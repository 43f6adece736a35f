"""Commands that were sent and barred: they leave nothing in the file, but can be looked up (semantics 5.5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from kesu.casework.command import Command
from kesu.people.cast import cast
from kesu.people.posts import ASSESSOR
from kesu.procedure.verdict import Finding

from .models import BarredRow
from .projection import insert
from .seeing import visible

READERS = ("quality manager", ASSESSOR)


def note_barred(
    organisation: str, person: str, command: Command, file: str, findings: Sequence[Finding], when: datetime
) -> None:
    """Writes one refused command down."""
    clauses = list(dict.fromkeys(clause for finding in findings for clause in finding.clauses))
    insert(
        BarredRow,
        [
            {
                "organisation": organisation,
                "person": person,
                "post": command.post or "",
                "step": command.step,
                "file": file,
                "clauses": clauses,
                "why": [finding.rule for finding in findings],
                "when": when,
            }
        ],
    )


def barred(*, organisation: str, person: str, now: datetime) -> QuerySet[BarredRow]:
    """The refused commands, newest first, for quality manager and assessor; none about files hidden from the reader."""
    known = cast(organisation)
    if not any(one.post in READERS for one in known.posts_of(person, now)):
        return BarredRow.objects.none()
    seen = visible(cast=known, person=person, now=now).values("file")
    return (
        BarredRow.objects.filter(organisation=organisation)
        .filter(Q(file="") | Q(file__in=seen))
        .order_by("-when", "-id")
    )
