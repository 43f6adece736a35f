"""日历: how an organisation works, day by day, and what a span of time comes to."""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse

from kesu.caseload.folded.books import calendar_by_digest
from kesu.people.permissions import KEEP_CALENDARS, PROCEDURES
from kesu.procedure.kinds.typed_times import moment
from kesu.reading.whole import whole
from kesu.worktime.calendar import Calendar
from kesu.worktime.day import DayKind, Knowledge
from kesu.worktime.due import HorizonError, due
from kesu.worktime.span import Span, SpanError

from ..frame.page import page
from ..frame.render import not_found, render
from ..own.calendars import calendar_called
from ..who.here import Here

MARKED: Final = {
    DayKind.HOLIDAY: "off",
    DayKind.FESTIVAL: "off",
    DayKind.CLOSURE: "off",
    DayKind.MAKE_UP: "make-up",
    DayKind.OPENING: "make-up",
}


@dataclass(frozen=True, slots=True)
class Square:
    """One day of a month; None before the first and after the last."""

    number: int
    works: bool
    note: str
    settled: bool
    mark: str = ""  # “off” and “make-up” are written on the day, so that nobody has to tell them by colour


@page(PROCEDURES)
def calendar(request: HttpRequest, here: Here, name: str) -> HttpResponse:
    """One year of a calendar (at a site, where it has one of its own), and a reckoning on request.

    404 where no calendar has the name. A year that cannot be read is this year; a start or a span that cannot be read is
    said so beside the question.
    """
    versions = here.directory.calendars.get(name)
    if not versions:
        return not_found(request, here)
    site = request.GET.get("site", "")
    working_days = calendar_by_digest(here.organisation, versions[-1].digest, site)
    year = _year(request.GET.get("year"), here)
    return render(
        request,
        here,
        "calendar.html",
        name=name,
        called=calendar_called(name, here),
        versions=versions,
        year=year,
        years=(year - 1, year + 1),
        site=site,
        sites=sorted(working_days.sites)
        or sorted(calendar_by_digest(here.organisation, versions[-1].digest, "").sites),
        months=[(number, _month(working_days, year, number, here)) for number in range(1, 13)],
        reckoned=_reckoned(request, working_days, here),
        shifts=working_days.to_data()["shifts"],
        settled_until=working_days.settled_until,
        is_guess=date(year, 12, 31) > working_days.known_until,
        keeps=here.may(KEEP_CALENDARS),
    )


def _year(text: str | None, here: Here) -> int:
    this = here.now.astimezone(ZoneInfo(here.zone)).year
    year = whole(text or "")
    return year if year is not None and 1990 <= year <= 2100 else this


def _month(working_days: Calendar, year: int, month: int, here: Here) -> list[list[Square | None]]:
    return [
        [_square(working_days, date(year, month, number), here) if number else None for number in week]
        for week in months.Calendar().monthdayscalendar(year, month)
    ]


def _square(working_days: Calendar, day: date, here: Here) -> Square:
    known_day = working_days.day(day)
    name = known_day.label
    return Square(
        day.day,
        bool(known_day.shifts),
        name.zh if here.lang == "zh" else name.en,
        known_day.knowledge is Knowledge.KNOWN,
        MARKED.get(known_day.kind, ""),
    )


def _reckoned(request: HttpRequest, working_days: Calendar, here: Here) -> dict[str, object]:
    """When a span from a start runs out, with its reckoning; or what is wrong with what was typed."""
    start, span = request.GET.get("start", "").strip(), request.GET.get("span", "").strip()
    typed: dict[str, object] = {"start": start, "span": span, "answer": None}
    typed |= {"start_wrong": False, "span_wrong": False}
    if not span:
        return typed
    at: datetime | None = moment(start, now=here.now, zone=here.zone) if start else here.now
    if at is None:
        return {**typed, "start_wrong": True}
    try:
        parsed = Span.parse(span)
        answer = due(
            calendar=working_days, start=at, span=parsed if isinstance(parsed, Span) else parsed.limit
        )
        return {**typed, "answer": answer, "lines": answer.explain(here.lang)}
    except (SpanError, HorizonError, ValueError, OverflowError):
        return {**typed, "span_wrong": True}
