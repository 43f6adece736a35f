"""A new year's schedule: a new version of every calendar of the organisation. Open cases are counted anew by the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import orjson

from kesu.caseload.acting.answers import Done, Refused
from kesu.ledger.entry import digest_of
from kesu.people.directory import Directory, directory_of
from kesu.people.models import CalendarVersion
from kesu.reading.text import Text
from kesu.worktime.calendar import Calendar
from kesu.worktime.calendar_text import Form
from kesu.worktime.day import Day
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


def set_hours(
    shifts: Sequence[str], *, name: str, organisation: str, person: str, now: datetime, key: str
) -> Done | Refused:
    """Other working hours on every weekday that is worked: a new version of the calendar. Raises ShiftError, ReadError."""
    made = present_calendar(directory_of(organisation), name).with_shifts(shifts)
    act = RegisterAct(f"calendar/{name}", "calendar noted", calendar_facts(made, source="working hours"))
    return register(act, organisation=organisation, person=person, now=now, key=key)


@dataclass(frozen=True, slots=True)
class Moved:
    """A day that a schedule makes another: of which kind it was, and will be."""

    day: date
    before: Day
    after: Day


def what_moves(content: bytes | str, *, source: str, form: Form, organisation: str, name: str) -> list[Moved]:
    """The days that a year's schedule would change in a calendar, in order; nothing is written. Raises ReadError."""
    schedule = read_schedule(content, source=source, form=form)
    present = present_calendar(directory_of(organisation), name)
    made = lay_over(present, schedule, source=source)
    first = min(day.date for day in schedule.days).replace(month=1, day=1)
    last = made.known_until
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [
        Moved(day, present.day(day), made.day(day))
        for day in days
        if (present.day(day).kind, present.day(day).shifts) != (made.day(day).kind, made.day(day).shifts)
    ]


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
