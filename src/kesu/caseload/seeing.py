"""Who sees which file: one place for lists, counts, search, timelines and acts (semantics 5.4).

A file is seen by those who hold a post of its procedure (stand-ins too), who act or have a task in it, by the last
resort where it is called upon, and by assessors; never by those who have to stay out, nor by persons of a unit that has to.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from kesu.casework.standing import apart
from kesu.people.cast import Cast
from kesu.people.posts import ASSESSOR

from .books import procedure_by_digest
from .claims import left_alone
from .fold import Folded
from .models import ApartRow, CaseRow, PartRow
from .rows import parts


def visible(*, cast: Cast, person: str, now: datetime) -> QuerySet[CaseRow]:
    """The case files that a person may see, as a query to narrow further."""
    organisation = cast.organisation.organisation
    cases = CaseRow.objects.filter(organisation=organisation)
    if not cast.present(person, now):
        return cases.none()
    here = {"organisation": organisation, "file": OuterRef("file")}
    units = cast.units_above(person, now)
    kept_out = (
        ApartRow.objects.filter(Q(person=person) | Q(unit__in=units), **here)
        if units
        else ApartRow.objects.filter(person=person, **here)
    )
    cases = cases.filter(~Exists(kept_out))
    posts = {one.post for one in cast.posts_of(person, now)}
    if ASSESSOR in posts:
        return cases
    part = Exists(PartRow.objects.filter(person=person, **here))
    return cases.filter(
        Q(edition__in=_editions(cast, posts)) | part | Q(file__in=_resort_files(cast, posts, now))
    )


def sees(fold: Folded, *, cast: Cast, person: str, now: datetime) -> bool:
    """The same answer for one file that is at hand."""
    if not cast.present(person, now) or stays_out(fold, cast=cast, person=person, now=now):
        return False
    posts = {one.post for one in cast.posts_of(person, now)}
    if ASSESSOR in posts or person in parts(fold):
        return True
    procedure = fold.procedure
    if any(not post.external and post.name in posts for post in procedure.posts.values()):
        return True
    called = [post.name for post in procedure.posts.values() if post.last_resort in posts]
    return any(left_alone(fold, post, cast, now) for post in called)


def stays_out(fold: Folded, *, cast: Cast, person: str, now: datetime) -> bool:
    """Whether a file is hidden from a person because he, or a unit of his, has to stay out of it."""
    out = apart(fold.case)
    return person in out.persons or bool(out.units.intersection(cast.units_above(person, now)))


def _editions(cast: Cast, posts: set[str]) -> list[str]:
    """Editions one of whose posts inside the house is among these."""
    organisation = cast.organisation.organisation
    return [
        edition.digest
        for editions in cast.editions.values()
        for edition in editions
        if any(
            not post.external and post.name in posts
            for post in procedure_by_digest(organisation, edition.digest).posts.values()
        )
    ]


def _resort_files(cast: Cast, posts: set[str], now: datetime) -> list[str]:
    """Files in which a last resort is called upon: nobody who could act in the post is left."""
    organisation = cast.organisation.organisation
    found: list[str] = []
    for editions in cast.editions.values():
        for edition in editions:
            for post in procedure_by_digest(organisation, edition.digest).posts.values():
                if post.last_resort in posts:
                    found += _emptied(cast, edition.digest, post.name, now)
    return found


def _emptied(cast: Cast, edition: str, post: str, now: datetime) -> list[str]:
    acting = cast.acting(post, now)
    if not acting:
        return []
    units = {person: set(cast.units_above(person, now)) for person in acting}
    organisation = cast.organisation.organisation
    rows = ApartRow.objects.filter(organisation=organisation).filter(
        Q(person__in=acting) | Q(unit__in=set().union(*units.values()))
    )
    kept: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        kept[row.file] |= {person for person in acting if person == row.person or row.unit in units[person]}
    full = [file for file, persons in kept.items() if persons == set(acting)]
    return list(
        CaseRow.objects.filter(organisation=organisation, edition=edition, file__in=full).values_list(
            "file", flat=True
        )
    )
