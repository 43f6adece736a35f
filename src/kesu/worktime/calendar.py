"""A calendar: when an office works, day by day, in which version, and how far that is known."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from zoneinfo import ZoneInfo

from kesu.reading.strict import advice, node_of
from kesu.reading.text import Text
from kesu.worktime.calendar_reading import read_parts
from kesu.worktime.day import Day, DayKind, Knowledge
from kesu.worktime.fault import Fault
from kesu.worktime.parts import WEEKDAYS, ListedKind, Opening, Parts, Site
from kesu.worktime.shifts import Shifts, parse_shifts, without
from kesu.worktime.table import Table

_KINDS = {
    ListedKind.OFF: DayKind.HOLIDAY,
    ListedKind.FESTIVAL: DayKind.FESTIVAL,
    ListedKind.WORK: DayKind.MAKE_UP,
}


class SiteError(Fault):
    """A site that the calendar does not have."""


class Calendar:
    """An immutable calendar; two with the same data are equal and have the same digest.

    What decides a day, the first that applies: an extra opening, a closure of the whole day, the year's
    schedule, a fixed festival, the week. A make-up working day is an ordinary one and has the standard
    shifts. A closure of a part is taken from the shifts of the day, whichever they are.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._listed = {day.date: day for day in parts.days}
        self._openings = {opening.date: opening for opening in parts.openings}
        self._fixed = {(day.month, day.day): day for day in parts.fixed}
        self._whole = [closure for closure in parts.closures if closure.between is None]
        self._partial = [closure for closure in parts.closures if closure.between is not None]
        self.zone_info = ZoneInfo(parts.zone)
        self.table = Table(day=self.day, zone=self.zone_info)
        self.known_from = parts.known_from
        self.known_until = parts.known_until
        self.settled_until = parts.settled_until

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> "Calendar":
        """The calendar that plain data (text, lists, mappings) describe. Raises ReadError for one that cannot be."""
        return cls.of(read_parts(node_of(data, file="calendar")))

    @classmethod
    def of(cls, parts: Parts) -> "Calendar":
        """The calendar made of these parts, its sites tried out. Raises ReadError where a site cannot be."""
        calendar = cls(parts)
        for name in calendar.sites:
            calendar.for_site(name)
        return calendar

    def to_data(self) -> dict[str, object]:
        """Plain data (text, lists, mappings) from which `from_data` makes an equal calendar."""
        return self._parts.to_data()

    @property
    def zone(self) -> str:
        """Name of the time zone in the IANA list."""
        return self._parts.zone

    @property
    def version(self) -> str:
        """The name of this version, given by whoever made it."""
        return self._parts.version

    @property
    def sites(self) -> tuple[str, ...]:
        """Names of the sites that have something of their own."""
        return tuple(sorted(self._parts.sites))

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of the canonical JSON of the data."""
        text = json.dumps(self.to_data(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Calendar) and (self is other or self.digest == other.digest)

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"Calendar({self.version!r}, {self.zone}, known until {self.known_until}, {self.digest[:12]})"

    def for_site(self, name: str) -> "Calendar":
        """The calendar of the site `name`: its own zone, shifts, week, closures and openings over these.

        Raises SiteError where there is none.

        A site that closes on a day is closed although the organisation opens it, and the other way round.
        """
        site = self._parts.sites.get(name)
        if site is None:
            names = self.sites
            remedy = advice(name, names) if names else Text("先在 sites 下写上", "add it under sites")
            raise SiteError(Text(f"日历没有场所“{name}”", f"the calendar has no site “{name}”"), remedy)
        own = [opening.to_data() for opening in (*site.openings, *self._openings_left_by(site))]
        closures = [closure.to_data() for closure in (*site.closures, *self._parts.closures)]
        data = site.to_data() | {"openings": own, "closures": closures, "version": f"{self.version}, {name}"}
        return Calendar.from_data(self.to_data() | data | {"sites": {}})

    def _openings_left_by(self, site: Site) -> list[Opening]:
        taken = {opening.date for opening in site.openings}
        closed = [closure for closure in site.closures if closure.between is None]
        return [
            opening
            for opening in self._parts.openings
            if opening.date not in taken and not any(closure.covers(opening.date) for closure in closed)
        ]

    def with_shifts(self, shifts: Sequence[str]) -> "Calendar":
        """The same calendar with other shifts (like "09:00-12:00") on every weekday that is worked."""
        week = {
            name: "standard" for name, day in zip(WEEKDAYS, self._parts.week.days, strict=True) if day != ()
        }
        version = f"{self.version}, {', '.join(str(shift) for shift in parse_shifts(shifts))}"
        return Calendar.from_data(self.to_data() | {"shifts": list(shifts), "week": week, "version": version})

    def day(self, date: dt.date) -> Day:
        """What this calendar says of the local day `date`."""
        kind, name, shifts, knowledge = self._whole_day(date)
        closed_by: Text | None = None
        for closure in self._partial:
            if closure.between is not None and closure.covers(date):
                left = without(shifts, closure.between)
                if left != shifts:
                    shifts, closed_by = left, closed_by or closure.name
        if closed_by is not None and not shifts:
            return Day(date, DayKind.CLOSURE, closed_by, (), knowledge)
        return Day(date, kind, name, shifts, knowledge, closed_by)

    def _whole_day(self, date: dt.date) -> tuple[DayKind, Text, Shifts, Knowledge]:
        opening = self._openings.get(date)
        if opening is not None:
            return DayKind.OPENING, opening.name, opening.shifts or self._parts.shifts, Knowledge.KNOWN
        kind, name, shifts, knowledge = self._by_schedule(date)
        if shifts:
            for closure in self._whole:
                if closure.covers(date):
                    return DayKind.CLOSURE, closure.name, (), Knowledge.KNOWN
        return kind, name, shifts, knowledge

    def _by_schedule(self, date: dt.date) -> tuple[DayKind, Text, Shifts, Knowledge]:
        listed = self._listed.get(date)
        if listed is not None:
            shifts = self._parts.shifts if listed.kind is ListedKind.WORK else ()
            return _KINDS[listed.kind], listed.name, shifts, Knowledge.KNOWN
        knowledge = self._knowledge(date)
        fixed = self._fixed.get((date.month, date.day))
        if fixed is not None and date >= fixed.since:
            return DayKind.FESTIVAL, fixed.name, (), knowledge
        weekday = self._parts.week.days[date.weekday()]
        shifts = self._parts.shifts if weekday is None else weekday
        return DayKind.ORDINARY if shifts else DayKind.REST, Text("", ""), shifts, knowledge

    def _knowledge(self, date: dt.date) -> Knowledge:
        if self.known_from <= date <= self.settled_until:
            return Knowledge.KNOWN
        return Knowledge.UNSETTLED if self.known_from <= date <= self.known_until else Knowledge.UNKNOWN
