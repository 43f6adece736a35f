"""Everything that is known of an organisation's persons and posts, read once and kept until a register changes.

A page and an act ask many small questions about few rows. `Directory` answers them from memory; one indexed statement
(the revision) tells whether what is in memory still holds. Instants are compared as: since ≤ at < until.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from django.db import connection

from kesu.names import OUTSIDER, PersonId, PostName

from .models import (
    CalendarVersion,
    Edition,
    Holding,
    Organisation,
    Person,
    Setting,
    Site,
    StandIn,
    Unit,
)
from .permissions import Permission
from .posts import READING_POSTS


class NoSuchOrganisation(LookupError):
    """Nobody founded it."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One post that a person can act in at an instant. `behalf`: the holder whom he stands in for."""

    post: PostName
    unit: str | None
    behalf: str | None = None
    until: datetime | None = None
    source: str = ""  # the register entry it follows from, as “file#number”


Spanned = TypeVar("Spanned", Holding, StandIn, Unit)


@dataclass(frozen=True)
class Directory:
    """One organisation as its registers stand."""

    revision: int
    organisation: Organisation
    persons: Mapping[str, Person]
    holdings: tuple[Holding, ...]
    stand_ins: tuple[StandIn, ...]
    units: tuple[Unit, ...]
    sites: Mapping[str, Site]
    calendars: Mapping[
        str, tuple[CalendarVersion, ...]
    ]  # name -> versions, the present one last; without text
    editions: Mapping[str, tuple[Edition, ...]]  # procedure -> editions in order of `since`; without text
    settings: Mapping[str, Mapping[str, str]]

    @cached_property
    def _holdings_of(self) -> Mapping[str, list[Holding]]:
        return _grouped(self.holdings, "person")

    @cached_property
    def _holdings_in(self) -> Mapping[str, list[Holding]]:
        return _grouped(self.holdings, "post")

    @cached_property
    def _stand_ins_of(self) -> Mapping[str, list[StandIn]]:
        return _grouped(self.stand_ins, "person")

    @cached_property
    def _stand_ins_in(self) -> Mapping[str, list[StandIn]]:
        return _grouped(self.stand_ins, "post")

    @cached_property
    def _units_by_name(self) -> Mapping[str, list[Unit]]:
        return _grouped(self.units, "unit")

    def present(self, person: str, at: datetime) -> bool:
        """Whether the person is known and has not left."""
        found = self.persons.get(person)
        return found is not None and (found.left is None or at < found.left)

    def only_reads(self, person: str, posts: Collection[str], at: datetime) -> bool:
        """Whether somebody is here to read: he holds a post that takes no step, and none of `posts` (semantics 5.10)."""
        held = {seat.post for seat in self.seats_of(person, at)}
        return not held.isdisjoint(READING_POSTS) and held.isdisjoint(posts)

    def seats_of(self, person: str, at: datetime) -> list[Seat]:
        """The posts a person can act in: those he holds, then those he stands in for."""
        if not self.present(person, at):
            return []
        own = [
            Seat(PostName(row.post), row.unit, None, row.until, f"{row.file}#{row.number}")
            for row in _running(self._holdings_of.get(person, ()), at)
        ]
        return own + [
            Seat(
                PostName(row.post),
                self._unit_of(row.behalf, row.post, at),
                row.behalf,
                row.until,
                f"{row.file}#{row.number}",
            )
            for row in _running(self._stand_ins_of.get(person, ()), at)
            if any(held.person == row.behalf for held in _running(self._holdings_in.get(row.post, ()), at))
        ]

    def seat(self, person: str, post: str, behalf: str | None, at: datetime) -> Seat | None:
        """The claim of a person to act in a post (for somebody), if it is true."""
        return next(
            (one for one in self.seats_of(person, at) if (one.post, one.behalf) == (post, behalf)), None
        )

    def holders(self, post: str, at: datetime, unit: str | None = None) -> list[PersonId]:
        """Who holds a post (in a unit, if asked)."""
        return [
            PersonId(row.person)
            for row in _running(self._holdings_in.get(post, ()), at)
            if self.present(row.person, at) and unit in (None, row.unit)
        ]

    def holders_who_may(self, permission: Permission, at: datetime) -> list[PersonId]:
        """In whose names a command of the command line may act: the holders of the posts that the table lets, each once."""
        return list(dict.fromkeys(person for post in permission.to for person in self.holders(post, at)))

    def acting(self, post: str, at: datetime) -> list[PersonId]:
        """Who holds a post or stands in for a holder of it."""
        stand_ins = (row.person for row in _running(self._stand_ins_in.get(post, ()), at))
        persons = [*self.holders(post, at), *stand_ins]
        return [
            PersonId(person)
            for person in dict.fromkeys(persons)
            if any(one.post == post for one in self.seats_of(person, at))
        ]

    def has_unit(self, unit: str, at: datetime) -> bool:
        """Whether the unit stands in the tree on that day."""
        return self._place(unit, at) is not None

    def units_above(self, person: str, at: datetime) -> tuple[str, ...]:
        """The units in which a person holds a post, and all above them on that day."""
        units: dict[str, None] = {}
        for row in _running(self._holdings_of.get(person, ()), at):
            units.update(dict.fromkeys(self.path(row.unit, at)))
        return tuple(units)

    def path(self, unit: str | None, at: datetime) -> list[str]:
        """A unit and all above it on that day, from below."""
        units: list[str] = []
        while unit is not None and unit not in units:
            units.append(unit)
            place = self._place(unit, at)
            unit = place.under if place else None
        return units

    def site_of(self, unit: str | None, at: datetime) -> str | None:
        """Where a unit works: its own site, or that of the nearest unit above."""
        places = (self._place(name, at) for name in self.path(unit, at))
        return next((place.site for place in places if place is not None and place.site), None)

    def calendar_at(self, site: str | None) -> CalendarVersion | None:
        """The present version of the calendar that a site works by; without a site, that of the organisation."""
        place = self.sites.get(site) if site else None
        versions = self.calendars.get(place.calendar if place else "main") or self.calendars.get("main")
        return versions[-1] if versions else None

    def edition_at(self, procedure: str, at: datetime) -> Edition | None:
        """The edition in force at the receipt of a case; before the first one, the first (semantics 4.9)."""
        standing = [row for row in self.editions.get(procedure, ()) if row.withdrawn is None]
        begun = [row for row in standing if row.since <= at]
        return begun[-1] if begun else standing[0] if standing else None

    def name_of(self, person: str) -> str:
        """A person's name; the id of one who is not known. Whoever complains is called that, whatever his name is."""
        if person == OUTSIDER:
            return "投诉人"
        found = self.persons.get(person)
        return found.name if found else person

    def unit_title(self, unit: str) -> str:
        """What a unit is called now, or was called last; the id of one that is not known."""
        named = self._units_by_name.get(unit)
        return named[-1].title if named else unit

    def _place(self, unit: str, at: datetime) -> Unit | None:
        return next(iter(_running(self._units_by_name.get(unit, ()), at)), None)

    def _unit_of(self, person: str, post: str, at: datetime) -> str | None:
        held = _running(self._holdings_of.get(person, ()), at)
        return next((row.unit for row in held if row.post == post), None)


_kept: dict[str, Directory] = {}
_lock = threading.Lock()


def revision_asked(organisation: str) -> tuple[str, list[str]]:
    """The statement that asks for the revision of the registers: for whoever asks more in the same round trip."""
    return "SELECT number FROM people_revision WHERE organisation = %s", [organisation]


def directory_of(organisation: str, *, revision: Sequence[tuple[int, ...]] | None = None) -> Directory:
    """The directory as it stands; `revision` are the rows of `revision_asked`, if those are at hand already.

    Raises NoSuchOrganisation.
    """
    number = next((row[0] for row in (_revision(organisation) if revision is None else revision)), None)
    if number is None:
        raise NoSuchOrganisation(f"no organisation “{organisation}”; found it first, or look at the spelling")
    kept = _kept.get(organisation)
    if kept is not None and kept.revision == number:
        return kept
    directory = _read(organisation, number)
    with _lock:
        _kept[organisation] = directory
    return directory


def _revision(organisation: str) -> Sequence[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(*revision_asked(organisation))
        return list(cursor.fetchall())


def forget() -> None:
    """Drops what is kept in memory: after a rebuild, and between tests, where numbers may come again."""
    with _lock:
        _kept.clear()


def _read(organisation: str, number: int) -> Directory:
    def rows(model: type[Spanned]) -> tuple[Spanned, ...]:
        return tuple(model._default_manager.filter(organisation=organisation).order_by("since", "id"))

    settings: dict[str, dict[str, str]] = {}
    for row in Setting.objects.filter(organisation=organisation):
        settings.setdefault(row.procedure, {})[row.name] = row.value
    versions = CalendarVersion.objects.filter(organisation=organisation).defer("text").order_by("number")
    editions = Edition.objects.filter(organisation=organisation).defer("text").order_by("since", "number")
    return Directory(
        revision=number,
        organisation=Organisation.objects.get(organisation=organisation),
        persons={row.person: row for row in Person.objects.filter(organisation=organisation)},
        holdings=rows(Holding),
        stand_ins=rows(StandIn),
        units=rows(Unit),
        sites={row.site: row for row in Site.objects.filter(organisation=organisation)},
        calendars={name: tuple(found) for name, found in _grouped(versions, "calendar").items()},
        editions={name: tuple(found) for name, found in _grouped(editions, "procedure").items()},
        settings=settings,
    )


Row = TypeVar("Row")


def _grouped(rows: Iterable[Row], attribute: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(getattr(row, attribute), []).append(row)
    return groups


def _running(rows: Iterable[Spanned], at: datetime) -> list[Spanned]:
    return [row for row in rows if row.since <= at and (row.until is None or at < row.until)]
