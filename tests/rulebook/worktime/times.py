"""What the tests of working time share: the China calendar's zone, a small calendar, and how to count by it."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from kesu.worktime.calendar import Calendar
from kesu.worktime.china import china_calendar
from kesu.worktime.due import Due, Pause, Policy, due
from kesu.worktime.span import Span

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


def at(text: str) -> dt.datetime:
    """A moment in Shanghai."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def span(text: str) -> Span:
    """A span that is no range."""
    found = Span.parse(text)
    assert isinstance(found, Span)
    return found


def plain(**changes: object) -> dict[str, object]:
    """The data of a small calendar: Monday to Friday, no holiday, known from 2020 to 2030."""
    usual: dict[str, object] = {
        "zone": "Asia/Shanghai",
        "version": "small",
        "known_from": "2020-01-01",
        "known_until": "2030-12-31",
        "shifts": ["09:00-12:00", "13:00-18:00"],
        "week": dict.fromkeys(WEEKDAYS, "standard"),
    }
    return usual | changes


def small(**changes: object) -> Calendar:
    """A small calendar."""
    return Calendar.from_data(plain(**changes))


def counted(
    start: str,
    text: str,
    policy: Policy | None = None,
    *,
    calendar: Calendar | None = None,
    pauses: Sequence[Pause] = (),
) -> Due:
    """The due date of a span that began at `start` in Shanghai, by the China calendar unless told."""
    chosen = china_calendar() if calendar is None else calendar
    return due(calendar=chosen, start=at(start), span=span(text), policy=policy, pauses=pauses)
