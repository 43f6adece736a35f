"""The seats in which persons can act in one file, and whether anybody is left to act in a post."""

from __future__ import annotations

from datetime import datetime

from kesu.casework.deciding.decide import Actor
from kesu.casework.file.case_file import CaseFile
from kesu.casework.file.roles_in_file import apart, open_to
from kesu.casework.waiting.takers import Actors
from kesu.people.directory import Directory

from ..folded.fold import Folded
from .reader import Reader


def left_alone(case: CaseFile, post: str, directory: Directory, at: datetime) -> bool:
    """Whether everybody who holds a post, or stands in for a holder, has to stay out of this file."""
    kept = apart(case)
    acting = directory.acting(post, at)
    out = (
        person in kept.persons or bool(kept.units.intersection(directory.units_above(person, at)))
        for person in acting
    )
    return bool(acting) and all(out)


def actors_for(fold: Folded, reader: Reader) -> list[Actor]:
    """Every way in which a person can act in a file now: one actor for each post, last resorts included; a reader has none."""
    person, units, procedure = reader.person, reader.units, fold.procedure
    actors = [
        Actor(person, one.post, one.behalf, units) for one in reader.seats if one.post in procedure.posts
    ]
    mine = {one.post for one in reader.seats if one.behalf is None}
    for post in procedure.posts.values():
        if post.last_resort in mine and left_alone(fold.case, post.name, reader.directory, reader.now):
            actors.append(Actor(person, post.last_resort, post.name, units))
    if not actors and reader.directory.only_reads(person, procedure.posts, reader.now):
        return []
    return list(dict.fromkeys(actors)) or [Actor(person, None, None, units)]


def actors_in(case: CaseFile, *, directory: Directory, now: datetime) -> Actors:
    """Everybody inside the house who acts in a post of the procedure to which the file is open, and the last resorts."""
    inside = [
        post for post in case.procedure.posts.values() if not post.external and open_to(case, post.name)
    ]
    resorts = [post for post in case.procedure.posts.values() if post.last_resort is not None]
    return Actors(
        tuple(
            Actor(person, post.name, seat.behalf, directory.units_above(person, now))
            for post in inside
            for person in directory.acting(post.name, now)
            for seat in directory.seats_of(person, now)
            if seat.post == post.name
        ),
        tuple(
            Actor(person, post.last_resort, post.name, directory.units_above(person, now))
            for post in resorts
            for person in directory.holders(post.last_resort or "", now)
        ),
    )
