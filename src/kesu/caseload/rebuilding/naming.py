"""What a fault is about, as people know it: the number of the case, the step, the day and the person, before anything technical."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from zoneinfo import ZoneInfo

from django.db import connection

from kesu.ledger.entry import StoredEntry, stored
from kesu.ledger.faults import Fault
from kesu.names import OUTSIDER, StepName
from kesu.people.models import Organisation, Person
from kesu.procedure import words
from kesu.reading.text import Text

from ..folded.recorded import CLOCK, SYSTEM

_NO_ENTRY = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
)  # bytes that say nothing: the fault says so itself


def subjects(faults: Iterable[Fault]) -> list[Text | None]:
    """For each fault what it is about; None where that is no entry of a file, or nothing can be read of it."""
    return [_subject(fault) for fault in faults]


def _subject(fault: Fault) -> Text | None:
    if fault.file is None:
        return None
    label = label_of(fault.organisation, fault.file)
    entry = _entry(fault.organisation, fault.file, fault.number)
    if label is None and entry is None:
        return None
    name = label or fault.file
    number = fault.number
    zh, en = [f"{name}，第 {number} 条"], [f"{name}, entry {number}"]
    if entry is not None:
        step = words.steps().get(StepName(entry.kind))
        title = step.title if step else Text(entry.kind, entry.kind)
        day = f"{entry.noted.astimezone(_zone(fault.organisation)):%Y-%m-%d}"
        who = name_of(fault.organisation, entry.actor or entry.by)
        zh[0] += f"“{title.zh}”"
        en[0] += f" “{title.en}”"
        zh += [day, who.zh]
        en += [day, who.en]
    return Text("，".join(zh), ", ".join(en))


def label_of(organisation: str, file: str) -> str | None:
    """The number of a case, as its own first entry says; rows may have been altered."""
    first = _entry(organisation, file, 1)
    label = first.facts.get("label") if first else None
    return label if isinstance(label, str) else None


def _entry(organisation: str, file: str, number: int | None) -> StoredEntry | None:
    """An entry, where its bytes can be read as one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT body FROM ledger_entry WHERE organisation = %s AND file = %s AND number = %s",
            [organisation, file, number],
        )
        row = cursor.fetchone()
    try:
        entry = stored(bytes(row[0]))
        return entry if isinstance(entry.facts, dict) else None
    except _NO_ENTRY:
        return None


def _zone(organisation: str) -> tzinfo:
    zone = Organisation.objects.filter(organisation=organisation).values_list("zone", flat=True).first()
    try:
        return ZoneInfo(zone or "UTC")
    except (ValueError, LookupError):
        return ZoneInfo("UTC")


def name_of(organisation: str, person: str) -> Text:
    """What a person is called, or the house when it acted by itself."""
    if person in (CLOCK, SYSTEM):
        return Text("系统", "the system")
    if person == OUTSIDER:
        return Text("投诉人本人", "the complainant himself")
    name = (
        Person.objects.filter(organisation=organisation, person=person).values_list("name", flat=True).first()
    )
    return Text(name or person, name or person)
