"""Somebody who reads or asks, at a screen or through a program: who, in which organisation, in which posts, now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from kesu.names import PersonId, PostName
from kesu.people.directory import Directory, Seat, directory_of
from kesu.people.permissions import ANYBODY, CASE_POST, SIGNED_IN, Permission
from kesu.procedure.written.model import Procedure

from ..folded.books import in_force


@dataclass(frozen=True)
class Reader:
    """One person of one organisation at one moment. Everything that leaves for a person is asked for with a reader.

    Whoever has left the organisation is a reader without posts: he may what anybody may.
    """

    person: PersonId
    directory: Directory
    now: datetime

    @property
    def organisation(self) -> str:
        """The organisation in which the person works."""
        return self.directory.organisation.organisation

    @property
    def zone(self) -> str:
        """Where its clocks are set."""
        return self.directory.organisation.zone

    @property
    def name(self) -> str:
        """What the person is called."""
        return self.directory.name_of(self.person)

    @cached_property
    def present(self) -> bool:
        """Whether the organisation knows the person, and he has not left."""
        return self.directory.present(self.person, self.now)

    @cached_property
    def seats(self) -> list[Seat]:
        """The posts the person can act in now."""
        return self.directory.seats_of(self.person, self.now)

    @cached_property
    def posts(self) -> frozenset[PostName]:
        """The names of these posts."""
        return frozenset(PostName(seat.post) for seat in self.seats)

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The units in which he holds a post, and all above them."""
        return self.directory.units_above(self.person, self.now)

    @cached_property
    def procedures(self) -> list[Procedure]:
        """The procedures in force, those whose files are complaints first."""
        return in_force(self.directory, self.now)

    @cached_property
    def handles_cases(self) -> bool:
        """Whether one of the posts belongs to a procedure in force."""
        return any(self.posts & set(procedure.posts) for procedure in self.procedures)

    def may(self, permission: Permission) -> bool:
        """Whether the table lets him. Rows of one file are judged with the file at hand: see `seeing`."""
        assert not permission.of_a_file, f"“{permission.name}” hangs on the file"
        return self._stands_in(permission.to)

    def is_offered(self, permission: Permission) -> bool:
        """Whether the page stands at his side."""
        return self._stands_in(permission.offered)

    def _stands_in(self, columns: Collection[str]) -> bool:
        """Whether he stands in one of these columns of the table; procedures are read only where that matters."""
        own = {ANYBODY, SIGNED_IN, *self.posts} if self.present else {ANYBODY}
        return not own.isdisjoint(columns) or (CASE_POST in columns and self.handles_cases)


def reader_of(organisation: str, person: str, now: datetime) -> Reader:
    """A person as a reader. Raises NoSuchOrganisation."""
    return Reader(PersonId(person), directory_of(organisation), now)
