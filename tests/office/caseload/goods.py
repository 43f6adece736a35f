"""Complaints of goods in the test organisation: batches are counted in a watch's own file."""

from __future__ import annotations

from typing import Any

from tests.office.caseload.office import LIBRARY, Office, at, key

from kesu.caseload.acting.answers import Done
from kesu.caseload.models import CaseRow, WatchRow
from kesu.ledger.read import entries_of
from kesu.registry.editions import put_in_force

MILK = {"product": "纯牛奶 250ml", "batch": "20260211A"}


def with_goods(office: Office, *, now: str = "2026-02-27 09:00") -> Office:
    """Puts the watch and the complaints that it counts in force."""
    for procedure in ("office-watch", "office-batch"):
        answer = put_in_force(
            procedure,
            library=LIBRARY,
            organisation=office.organisation,
            person=office.persons["admin"],
            now=at(now),
            since=at(now),
            key=key(),
        )
        assert isinstance(answer, Done), answer.sentences("en")
    return office


def complain(office: Office, now: str, *, happened: str | None = None, **facts: Any) -> str:
    """A complaint of the batch of milk, or of what is given instead; gives its file."""
    said = {"matter": "complaint", "channel": "phone", **MILK, **facts}
    return office.do("received", "zhou", now, procedure="office-batch", happened=happened, facts=said).file


def watches(office: Office) -> list[str]:
    """The files of the watches, in the order in which they came."""
    rows = CaseRow.objects.filter(organisation=office.organisation, procedure="office-watch")
    return list(rows.order_by("label").values_list("file", flat=True))


def said(office: Office, file: str) -> list[tuple[str, str]]:
    """The kinds of the entries of a file, each with what it is about."""
    told = {"counted": "counted case", "count withdrawn": "counted case", "promoted": "rule"}
    return [
        (entry.kind, str(entry.facts.get(told.get(entry.kind, "alarm"), "")))
        for entry in entries_of(office.organisation, file)
    ]


def alarms(office: Office, file: str) -> list[tuple[str, str, str]]:
    """The alarms of a watch: raised or widened, the rule, and how many were counted."""
    return [
        (entry.kind, entry.facts["alarm"], entry.facts["counted"])
        for entry in entries_of(office.organisation, file)
        if entry.kind.startswith("alarm")
    ]


def major(office: Office) -> set[str]:
    """The files whose grade is major."""
    rows = CaseRow.objects.filter(organisation=office.organisation, grade="major")
    return set(rows.values_list("file", flat=True))


def counted(office: Office) -> list[list[str]]:
    """What each watch counts."""
    rows = WatchRow.objects.filter(organisation=office.organisation).order_by("file")
    return [row.cases for row in rows]


def hide(office: Office, file: str, person: str, now: str) -> None:
    """A complaint turns out to be about this person: it is hidden from him."""
    if "bo" not in office.persons:
        office.join("bo", "quality manager", now=at("2026-01-06 09:00"))
    facts = {"reason": "投诉人这样说", "persons": [office.persons[person]]}
    done = office.do("named", "gu", now, file=file, facts=facts)
    entry = {"entry": str(done.number)}
    office.do("naming confirmed", "bo", now, file=file, post="quality manager", facts=entry)
