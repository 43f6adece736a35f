"""A programme as a calendar: what is to be done in each period of a year, what was done and when, and what came of it."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final

from kesu.caseload.asking.opened import CaseView
from kesu.caseload.models import CaseRow
from kesu.casework.duties.of_a_file import Duty
from kesu.casework.file.roles_in_file import owner_of
from kesu.procedure.history.periods import Period
from kesu.procedure.saying.sentence import sentence
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.rule import Rule
from kesu.reading.text import Text
from kesu.worktime.due import due
from kesu.worktime.until import Until, until

from ..said.rows_said import CaseLine, case_lines
from ..who.here import Here

COMING: Final = "coming"  # a period that has not begun
SEASONS: Final = ("quarter", "year")
DONE: Final = ("met", "met late", "reasoned")
MISSED: Final = ("late", "met late", "void late")
STATES: Final = {
    "met": (Text("已办", "done"), "✓"),
    "met late": (Text("逾期后办", "done late"), "△"),
    "void late": (Text("逾期未办，后已不必办", "late when it ceased to be owed"), "△"),
    "reasoned": (Text("说明理由未办", "not done, with a reason"), "—"),
    "open": (Text("待办", "to be done"), "○"),
    "late": (Text("逾期", "overdue"), "■"),
    COMING: (Text("未到", "not begun"), "·"),
}
OTHERWISE: Final = (Text("不再需要", "no longer needed"), "—")
LOOKS: Final = {
    "met": "met",
    "met late": "missed",
    "void late": "missed",
    "late": "late",
}  # classes of the style sheet


@dataclass(frozen=True, slots=True)
class Slot:
    """One period of one rule (or one of several times in it): by when, what became of it, and the files it opened."""

    label: str
    first: date
    last: date
    until: Until | None
    place: date  # in the year: when it is due, or for what has a whole season, when it was done
    state: str
    done: datetime | None = None
    entry: int = 0
    files: tuple[CaseLine, ...] = ()

    @property
    def state_in_words(self) -> Text:
        """The state in words."""
        return STATES.get(self.state, OTHERWISE)[0]

    @property
    def sign(self) -> str:
        """The state as one sign."""
        return STATES.get(self.state, OTHERWISE)[1]

    @property
    def looks(self) -> str:
        """The class of its label in the style sheet."""
        return LOOKS.get(self.state, "provisional" if self.until and self.until.provisional else "")

    @property
    def missed(self) -> bool:
        """Whether it was not done in time."""
        return self.state in MISSED


@dataclass(slots=True)
class Course:
    """What one rule wants again and again, with its periods of the year."""

    what: Text
    often: Text
    sentence: Text
    clauses: tuple[str, ...]
    owner: Text
    daily: bool
    slots: list[Slot] = field(default_factory=list)

    def count(self, *states: str) -> int:
        """How many periods are in one of these states."""
        return sum(slot.state in states for slot in self.slots)

    @property
    def done(self) -> int:
        """Periods that are settled."""
        return self.count(*DONE)

    @property
    def late(self) -> int:
        """Periods that are overdue, or were done late."""
        return self.count(*MISSED)

    def of_month(self, month: int) -> list[Slot]:
        """The periods that are due in a month."""
        return [slot for slot in self.slots if slot.place.month == month]

    @property
    def by_day(self) -> list[tuple[Text, list[Slot | None]]]:
        """For what is done every day: each month of which it knows, with its 31 places."""
        months: list[tuple[Text, list[Slot | None]]] = []
        for month in range(1, 13):
            days = {slot.first.day: slot for slot in self.of_month(month)}
            if days:
                months.append((month_said(month), [days.get(day) for day in range(1, 32)]))
        return months


@dataclass(frozen=True, slots=True)
class Programme:
    """The courses of a file in one year, and the years that it knows."""

    year: int
    years: list[int]
    courses: list[Course]

    @property
    def periodic(self) -> list[Course]:
        """Those of weeks, months, quarters and years, side by side."""
        return [course for course in self.courses if not course.daily]

    @property
    def daily(self) -> list[Course]:
        """Those of every day, each in a table of its own."""
        return [course for course in self.courses if course.daily]

    @property
    def months(self) -> list[tuple[Text, list[tuple[Course, list[Slot]]]]]:
        """For each month in which anything stands what that is, course by course."""
        months = [
            (month, [(course, course.of_month(month)) for course in self.periodic]) for month in range(1, 13)
        ]
        return [(month_said(month), cells) for month, cells in months if any(slots for _, slots in cells)]


def month_said(month: int) -> Text:
    """3月, March."""
    return Text(f"{month}月", month_name[month])


def programme(view: CaseView, here: Here, *, year: int | None) -> Programme:
    """The file as a calendar of a year: the one asked for, else the present one, else the last that it knows."""
    links = {line.row.file: line for line in case_lines(view.links, here)}
    courses = [_course(rule, view, here, links) for rule in view.procedure.periodic]
    years = sorted({slot.first.year for course in courses for slot in course.slots})
    present = here.now.astimezone(view.case.calendar.zone_info).year
    chosen = year if year in years else present if present in years else max(years, default=present)
    for course in courses:
        course.slots = [slot for slot in course.slots if slot.first.year == chosen]
    return Programme(chosen, years, courses)


def _course(rule: Rule, view: CaseView, here: Here, links: Mapping[str, CaseLine]) -> Course:
    timed, procedure = rule.shape.timed, view.procedure
    assert timed is not None
    assert timed.period is not None, "only rules with a period are periodic"
    titles = [procedure.steps[step].title for step in timed.answers if step in procedure.steps]
    duties = [duty for duty in view.case.duties if duty.rule == rule.name and duty.state != "void"]
    owner = timed.owner or (owner_of(view.case, duties[0]) if duties else "")
    slots = [slot for duty in duties if (slot := _slot(duty, timed.period, view, links)) is not None]
    return Course(
        what=Text("或".join(title.zh for title in titles), " or ".join(title.en for title in titles)),
        often=timed.period.title,
        sentence=Text(sentence(rule, procedure, "zh"), sentence(rule, procedure, "en")),
        clauses=procedure.own_clauses(rule.clauses),
        owner=here.title_of(owner) if owner else Text("", ""),
        daily=timed.period.unit == "day",
        slots=slots + list(_coming(timed.period, slots, view)),
    )


def _slot(duty: Duty, period: Period, view: CaseView, links: Mapping[str, CaseLine]) -> Slot | None:
    began = view.case.history.standing_act(duty.number)
    if began is None or FACT.FROM not in began.facts:
        return None
    label, end = str(began.facts[FACT.PERIOD]), duty.until
    done = duty.answered_at if duty.state in DONE else None
    last = date.fromisoformat(str(began.facts[FACT.TO]))
    local = done.astimezone(view.case.calendar.zone_info).date() if done else None
    in_season = local is not None and period.unit in SEASONS and local.year == last.year
    return Slot(
        label=f"{label} · {duty.thing}" if duty.thing else label,
        first=date.fromisoformat(str(began.facts[FACT.FROM])),
        last=last,
        until=end,
        place=local if local and in_season else end.day if end else last,
        state=duty.state,
        done=done,
        entry=duty.answered_by,
        files=tuple(links[row.file] for row in _opened_by(duty.answered_by, view)),
    )


def _opened_by(entry: int, view: CaseView) -> Iterator[CaseRow]:
    """The files that an entry opened, of those that the reader sees."""
    named = {
        link.facts.get(FACT.LINKED_FILE)
        for link in view.case.history.all(STEP.LINKED)
        if entry and str(link.facts.get(FACT.ENTRY)) == str(entry)
    }
    return (row for row in view.links if row.file in named)


def _coming(period: Period, slots: list[Slot], view: CaseView) -> Iterator[Slot]:
    """The periods of the year that have not begun, while the file runs."""
    if not slots or view.case.ended or period.unit == "year":
        return
    last = max(slot.first for slot in slots)
    first = period.after(last)
    calendar = view.case.calendar
    while first.year == last.year:
        span, policy = period.span(first)
        start = datetime.combine(first, time(), calendar.zone_info)
        limit = due(calendar=calendar, start=start, span=span, policy=policy)
        end = until(limit.at, zone=calendar.zone_info, provisional=limit.provisional)
        yield Slot(period.label(first), first, period.last_of(first), end, end.day, COMING)
        first = period.after(first)
