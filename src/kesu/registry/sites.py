"""A place of work: what it is called and by which hours it works. Cases that its units receive are counted by them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from kesu.caseload.acting.answers import Done, Refused
from kesu.ledger.entry import digest_of
from kesu.people.directory import Directory, directory_of
from kesu.worktime.calendar import Calendar

from .calendars import key_for, present_calendar
from .foundation import calendar_facts
from .register_acts import RegisterAct, register

MAIN: Final = "main"  # the calendar of the organisation
DRAWN: Final = 8  # characters of the id that a site gets


def set_site(
    title: str,
    *,
    site: str | None,
    hours: Sequence[str],
    organisation: str,
    person: str,
    now: datetime,
    key: str,
) -> Done | Refused:
    """A new site (`site` None), or another title and other hours of one that is there; the same key makes it once.

    With `hours` it has a calendar of its own, which begins as that of the organisation; with none it works by the
    organisation's. Raises ShiftError and ReadError for hours that cannot be, and what `register` raises.
    """
    directory = directory_of(organisation)
    name = site or f"s-{digest_of(key.encode()).hex()[:DRAWN]}"
    if hours:
        made = hours_of(directory, name).with_shifts(hours)
        known = directory.calendars.get(name)
        if known is None or known[-1].digest != made.digest:
            act = RegisterAct(
                f"calendar/{name}", "calendar noted", calendar_facts(made, source="working hours")
            )
            answer = register(
                act,
                organisation=organisation,
                person=person,
                now=now,
                key=key_for(key, f"calendar of {name}"),
            )
            if isinstance(answer, Refused):
                return answer
    facts = {"site": name, "title": title, "calendar": name if hours else MAIN}
    act = RegisterAct(f"organisation/{organisation}", "site set", facts)
    return register(act, organisation=organisation, person=person, now=now, key=key)


def hours_of(directory: Directory, site: str) -> Calendar:
    """The calendar by which a site works now; a site that there is not yet works by that of the organisation."""
    place = directory.sites.get(site)
    calendar = present_calendar(directory, place.calendar if place else MAIN)
    return calendar.for_site(site) if site in calendar.sites else calendar


def has_own_hours(directory: Directory, site: str) -> bool:
    """Whether a site works by other hours or days than the organisation."""
    place = directory.sites.get(site)
    return place is not None and (
        place.calendar != MAIN or site in present_calendar(directory, place.calendar).sites
    )
