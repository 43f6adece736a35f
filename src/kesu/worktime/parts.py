"""What a calendar is made of, as read: plain values, and back to plain data."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kesu.reading.text import Text
from kesu.worktime.shifts import Shift, Shifts

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
STANDARD = "standard"
COLUMNS = ("date", "kind", "name", "name_en", "note")  # of a schedule's table


class ListedKind(StrEnum):
    """How a schedule lists a day: off, a statutory festival day (off too), or worked."""

    OFF = "off"
    FESTIVAL = "festival"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class ListedDay:
    """A day that a year's schedule names."""

    date: dt.date
    kind: ListedKind
    name: Text
    note: str = ""

    def to_data(self) -> dict[str, object]:
        """As plain data."""
        return _filled(date=self.date.isoformat(), kind=self.kind.value, **_name(self.name), note=self.note)


@dataclass(frozen=True, slots=True)
class FixedDay:
    """A festival on the same date each year, from `since` on."""

    month: int
    day: int
    since: dt.date
    name: Text

    def to_data(self) -> dict[str, object]:
        """As plain data."""
        return _filled(
            day=f"{self.month:02d}-{self.day:02d}", since=self.since.isoformat(), **_name(self.name)
        )


@dataclass(frozen=True, slots=True)
class Closure:
    """The organisation is closed from `first` to `last`, on each day whole or for the stretch `between`."""

    first: dt.date
    last: dt.date
    between: Shift | None
    name: Text

    def covers(self, day: dt.date) -> bool:
        """Whether `day` is one of its days."""
        return self.first <= day <= self.last

    def to_data(self) -> dict[str, object]:
        """As plain data."""
        between = "" if self.between is None else str(self.between)
        dates = {"from": self.first.isoformat(), "to": self.last.isoformat(), "between": between}
        return _filled(**dates, **_name(self.name))


@dataclass(frozen=True, slots=True)
class Opening:
    """A day that is worked whatever else says, in its own shifts or (empty) the standard ones."""

    date: dt.date
    shifts: Shifts
    name: Text

    def to_data(self) -> dict[str, object]:
        """As plain data."""
        shifts = [str(shift) for shift in self.shifts]
        return _filled(date=self.date.isoformat(), shifts=shifts, **_name(self.name))


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday: each rests (no shift), works its own shifts, or (None) the standard ones."""

    days: tuple[Shifts | None, ...]

    def to_data(self) -> dict[str, object]:
        """As plain data; a day of rest is left out."""
        return {
            name: STANDARD if shifts is None else [str(shift) for shift in shifts]
            for name, shifts in zip(WEEKDAYS, self.days, strict=True)
            if shifts is None or shifts
        }


@dataclass(frozen=True, slots=True)
class Site:
    """What one site has of its own; what is None it shares with the organisation."""

    zone: str | None
    shifts: Shifts | None
    week: Week | None
    closures: tuple[Closure, ...]
    openings: tuple[Opening, ...]

    def to_data(self) -> dict[str, object]:
        """As plain data."""
        own = {} if self.week is None else {"week": self.week.to_data()}
        return own | _filled(
            zone=self.zone or "",
            shifts=[str(shift) for shift in self.shifts or ()],
            closures=[closure.to_data() for closure in self.closures],
            openings=[opening.to_data() for opening in self.openings],
        )


@dataclass(frozen=True, slots=True)
class Parts:
    """A whole calendar: data up to `known_until`; what is after `settled_until` may still be altered."""

    zone: str
    version: str
    known_from: dt.date
    known_until: dt.date
    settled_until: dt.date
    shifts: Shifts
    week: Week
    fixed: tuple[FixedDay, ...]
    days: tuple[ListedDay, ...]
    closures: tuple[Closure, ...]
    openings: tuple[Opening, ...]
    sites: Mapping[str, Site] = field(default_factory=dict)

    def to_data(self) -> dict[str, object]:
        """As plain data, in one canonical order, so that equal calendars give equal data."""
        return {
            "zone": self.zone,
            "version": self.version,
            "known_from": self.known_from.isoformat(),
            "known_until": self.known_until.isoformat(),
            "settled_until": self.settled_until.isoformat(),
            "shifts": [str(shift) for shift in self.shifts],
            "week": self.week.to_data(),
            "fixed": [day.to_data() for day in self.fixed],
            "days": [day.to_data() for day in self.days],
            "closures": [closure.to_data() for closure in self.closures],
            "openings": [opening.to_data() for opening in self.openings],
            "sites": {name: site.to_data() for name, site in sorted(self.sites.items())},
        }


def _name(name: Text) -> dict[str, object]:
    return {"name": name.zh, "name_en": "" if name.en == name.zh else name.en}


def _filled(**values: object) -> dict[str, object]:
    return {key: value for key, value in values.items() if value not in ("", [], {})}
