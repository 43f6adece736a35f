"""A new year's schedule: a new version of every calendar of the organisation. Open cases are counted anew by the clock."""

from __future__ import annotations

from datetime import datetime

import orjson

from kesu.caseload.acting.answers import Done, Refused
from kesu.ledger.entry import digest_of
from kesu.people.directory import Directory, directory_of
from kesu.people.models import CalendarVersion
from kesu.reading.text import Text
from kesu.worktime.calendar import Calendar
from kesu.worktime.calendar_text import Form
from kesu.worktime.importing import Schedule, lay_over, read_schedule

from .foundation import calendar_facts
from .register_acts import RegisterAct, register


def import_calendar(
    content: bytes | str, *, source: str, form: Form, organisation: str, person: str, now: datetime, key: str
) -> Done | Refused:
    """Lays a year's schedule over each calendar of the organisation and notes the new versions.

    `source` names the file in messages and on record. Raises ReadError when the file cannot be taken as it stands.
    Refused when every calendar knows the schedule already. No due date of a closed case, and no verdict, changes.
    """
    schedule = read_schedule(content, source=source, form=form)
    directory = directory_of(organisation)
    answers = [
        _note(directory, name, schedule, source, person, now, key)
        for name in sorted(directory.calendars)
        if _would_change(directory, name, schedule, source)
    ]
    if not answers:
        problem = Text(
            zh="日历里已经有这份安排，没有要改的",
            en="the calendars know this schedule already; nothing to change",
        )
        return Refused(None, problems=(problem,))
    return next((answer for answer in answers if isinstance(answer, Refused)), answers[0])


def present_calendar(directory: Directory, name: str) -> Calendar:
    """The present version of a calendar of the organisation."""
    version = directory.calendars[name][-1]
    text = CalendarVersion.objects.values_list("text", flat=True).get(pk=version.pk)
    return Calendar.from_data(orjson.loads(text))


def _would_change(directory: Directory, name: str, schedule: Schedule, source: str) -> bool:
    present = present_calendar(directory, name)
    return _days(lay_over(present, schedule, source=source)) != _days(present)


def _days(calendar: Calendar) -> dict[str, object]:
    """What a calendar says, its version's name aside."""
    return {word: value for word, value in calendar.to_data().items() if word != "version"}


def _note(
    directory: Directory, name: str, schedule: Schedule, source: str, person: str, now: datetime, key: str
) -> Done | Refused:
    made = lay_over(present_calendar(directory, name), schedule, source=source)
    act = RegisterAct(f"calendar/{name}", "calendar noted", calendar_facts(made, source=source))
    organisation = directory.organisation.organisation
    return register(act, organisation=organisation, person=person, now=now, key=key_for(key, name))


def key_for(key: str, name: str) -> str:
    """One key a calendar, so that a repeated import writes each of them once."""
    return f"{key}/{digest_of(name.encode()).hex()[:12]}"
