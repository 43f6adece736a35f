"""Which person takes which step of a procedure, as posts are held now: the best of the posts in which he can act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from kesu.names import PersonId, PostName, StepName
from kesu.procedure.written.matrix import Cell, May, matrix
from kesu.procedure.written.model import Procedure

from .directory import Directory

READS: Final = Cell(May.NO, ())  # no rule lets whoever only reads, nor has to bar him
BEST_FIRST: Final = (May.EVERYBODY, May.YES, May.WHERE, May.NO)


def matrix_of_persons(
    procedure: Procedure, directory: Directory, now: datetime
) -> dict[StepName, Mapping[PersonId, Cell]]:
    """A row for every step that people take, with a cell for everybody who has not left.

    It says what hangs on the posts alone: who sees a file and who has to stay out of it hangs on the file.
    """
    persons = [PersonId(person) for person in directory.persons if directory.present(person, now)]
    posts = {person: _posts(person, procedure, directory, now) for person in persons}
    return {
        step: {
            person: min((row[post] for post in posts[person]), key=_rank) if posts[person] else READS
            for person in persons
        }
        for step, row in matrix(procedure).items()
    }


def _posts(
    person: PersonId, procedure: Procedure, directory: Directory, now: datetime
) -> list[PostName | None]:
    """The posts of the procedure in which he can act, None where he holds none; nothing at all where he is here to read."""
    held: list[PostName | None] = [
        seat.post for seat in directory.seats_of(person, now) if seat.post in procedure.posts
    ]
    return held or ([] if directory.only_reads(person, procedure.posts, now) else [None])


def _rank(cell: Cell) -> int:
    return BEST_FIRST.index(cell.may)
