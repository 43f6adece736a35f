"""What cases are judged and counted by: editions and calendars, read from their digests and kept in memory.

A digest names one text for ever, so nothing here can grow old.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from functools import lru_cache

import orjson

from kesu.people.directory import Directory
from kesu.people.models import CalendarVersion, Edition
from kesu.procedure.words import of_the_software
from kesu.procedure.words.lexicon import Lexicon
from kesu.procedure.written.canonical import from_canonical
from kesu.procedure.written.model import Procedure
from kesu.reading.strict import ReadError
from kesu.worktime.calendar import Calendar

from .shelf import Shelf


class NotInForce(LookupError):
    """No edition, or no calendar, of this organisation has this digest."""


class NotReadable(NotInForce):
    """An edition was put in force that this release cannot read: its files are hidden until one can, and no others."""

    def __init__(self, why: ReadError) -> None:
        super().__init__(str(why))
        self.why = why


SHELVED = 16_000_000  # characters: some 300 of the largest editions or 2,000 small ones, at most 200 MB

_editions: Shelf[Procedure] = Shelf(from_canonical, characters=SHELVED)
_not_read: dict[str, ReadError] = {}  # by digest, why it could not be read
_words_kept: dict[str, tuple[Directory, Lexicon]] = {}  # by organisation: of which registers, and the words
_in_force: set[tuple[str, str]] = set()  # organisation and digest, once the register has said so


def procedure_by_digest(organisation: str, digest: str) -> Procedure:
    """The edition with this digest, as it was put in force. Raises NotInForce, NotReadable.

    Organisations that put the same text in force share what is made from it.
    """
    known = (organisation, digest) in _in_force
    if known and digest in _not_read:
        raise NotReadable(_not_read[digest])
    edition = _editions.get(digest) if known else None
    return edition if edition is not None else _from_the_register(organisation, digest)


def _from_the_register(organisation: str, digest: str) -> Procedure:
    text = (
        Edition.objects.filter(organisation=organisation, digest=digest)
        .values_list("text", flat=True)
        .first()
    )
    if text is None:
        raise NotInForce(f"{organisation}: no edition with the digest {digest[:12]} was put in force")
    _in_force.add((organisation, digest))
    try:
        if digest not in _not_read:
            return _editions.put(digest, text)
    except ReadError as wrong:
        _not_read[digest] = wrong
    raise NotReadable(_not_read[digest])


def read_of(organisation: str, editions: Iterable[Edition]) -> Iterator[tuple[Edition, Procedure]]:
    """Those of the editions that can be read, each with what it says."""
    for edition in editions:
        with suppress(NotReadable):
            yield edition, procedure_by_digest(organisation, edition.digest)


def not_readable(directory: Directory) -> list[tuple[Edition, ReadError]]:
    """The editions of an organisation that this release cannot read, and why."""
    every = [one for listed in directory.editions.values() for one in listed]
    there = {one.digest for one, _ in read_of(directory.organisation.organisation, every)}
    return [(one, _not_read[one.digest]) for one in every if one.digest not in there]


def words_of_the_house(directory: Directory) -> Lexicon:
    """The words of every edition of an organisation together; where two say one word otherwise, as the later one says it."""
    organisation = directory.organisation.organisation
    kept = _words_kept.get(organisation)
    if (
        kept is None or kept[0] is not directory
    ):  # as long as the registers stand as they are, so do the words
        kept = _words_kept[organisation] = directory, _words_together(directory)
    return kept[1]


def _words_together(directory: Directory) -> Lexicon:
    editions = sorted(
        (one for listed in directory.editions.values() for one in listed), key=lambda one: (one.since, one.id)
    )
    organisation = directory.organisation.organisation
    digests = dict.fromkeys(one.digest for one, _ in read_of(organisation, editions))
    return _words_of(organisation, tuple(digests))


@lru_cache(maxsize=64)
def _words_of(organisation: str, digests: tuple[str, ...]) -> Lexicon:
    known = of_the_software()
    for digest in digests:
        known = known.over(procedure_by_digest(organisation, digest).words.kept)
    return known


@lru_cache(maxsize=64)
def calendar_by_digest(organisation: str, digest: str, site: str) -> Calendar:
    """The calendar version with this digest, at a site if it says something of its own there. Raises NotInForce."""
    text = (
        CalendarVersion.objects.filter(organisation=organisation, digest=digest)
        .values_list("text", flat=True)
        .first()
    )
    if text is None:
        raise NotInForce(f"{organisation}: no calendar version with the digest {digest[:12]} is on record")
    calendar = Calendar.from_data(orjson.loads(text))
    return calendar.for_site(site) if site in calendar.sites else calendar


def in_force(directory: Directory, now: datetime) -> list[Procedure]:
    """Every procedure with an edition in force that can be read, those whose files are complaints first."""
    organisation = directory.organisation.organisation
    editions = [
        edition for name in directory.editions if (edition := directory.edition_at(name, now)) is not None
    ]
    found = [procedure for _, procedure in read_of(organisation, editions)]
    return sorted(found, key=lambda one: (one.kind != "complaint", one.id))


class Calendars(Mapping[str, Calendar]):
    """Digest -> calendar as a site sees it, read when it is asked for."""

    def __init__(self, organisation: str, site: str) -> None:
        self.organisation, self.site = organisation, site

    def __getitem__(self, digest: str) -> Calendar:
        try:
            return calendar_by_digest(self.organisation, digest, self.site)
        except NotInForce as missing:
            raise KeyError(digest) from missing

    def __bool__(self) -> bool:
        """There is always one; asking how many would cost a statement."""
        return True

    def __iter__(self) -> Iterator[str]:
        found = CalendarVersion.objects.filter(organisation=self.organisation).order_by("number")
        return iter(found.values_list("digest", flat=True))

    def __len__(self) -> int:
        return CalendarVersion.objects.filter(organisation=self.organisation).count()


class Editions(Mapping[str, Procedure]):
    """Digest -> edition, of all that the organisation put in force, read when it is asked for."""

    def __init__(self, organisation: str) -> None:
        self.organisation = organisation

    def __getitem__(self, digest: str) -> Procedure:
        try:
            return procedure_by_digest(self.organisation, digest)
        except NotInForce as missing:
            raise KeyError(digest) from missing

    def __bool__(self) -> bool:
        """There is always one; asking how many would cost a statement."""
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(Edition.objects.filter(organisation=self.organisation).values_list("digest", flat=True))

    def __len__(self) -> int:
        return Edition.objects.filter(organisation=self.organisation).count()


def forget() -> None:
    """Drops everything, for tests, where a digest may belong to a database that is gone."""
    _editions.clear()
    _in_force.clear()
    _not_read.clear()
    calendar_by_digest.cache_clear()
    _words_of.cache_clear()
    _words_kept.clear()
