"""Who sees which file: one place for lists, counts, search, timelines and acts (semantics 5.4).

A file is seen by those who hold a post of its procedure (stand-ins too; posts that “see” rules name only where one of
these holds), who act or have a task in it, by the last resort where it is called upon, and by assessors; never by those
who have to stay out, nor by persons of a unit that has to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

from django.db.models import Exists, OuterRef, Q, QuerySet

from kesu.casework.file.roles_in_file import Apart, open_to
from kesu.names import OUTSIDER
from kesu.people.directory import Directory
from kesu.people.permissions import EVERY_FILE

from ..folded.books import not_readable, procedure_by_digest, read_of
from ..folded.fold import Folded
from ..models import ApartRow, CaseRow, PartRow, SightRow
from ..rows.case import kept_apart, parts
from .complainant import has_complainant
from .reader import Reader
from .seats import left_alone


def visible(reader: Reader) -> QuerySet[CaseRow]:
    """The case files that a person may see, as a query to narrow further."""
    organisation, person, units = reader.organisation, reader.person, reader.units
    cases = CaseRow.objects.filter(organisation=organisation)
    unread = [edition.digest for edition, _ in not_readable(reader.directory)]
    if unread:
        cases = cases.exclude(edition__in=unread)
    if not reader.present:
        return cases.none()
    here = {"organisation": organisation, "file": OuterRef("file")}
    kept_out = (
        ApartRow.objects.filter(Q(person=person) | Q(unit__in=units), hides=True, **here)
        if units
        else ApartRow.objects.filter(person=person, hides=True, **here)
    )
    cases = cases.filter(~Exists(kept_out))
    if EVERY_FILE.allows(reader.posts):
        return cases
    part = Exists(PartRow.objects.filter(person=person, **here))
    called = resorts(reader)
    whole, some = _editions(reader.directory, reader.posts)
    sighted = Q(edition__in=some) & Exists(SightRow.objects.filter(post__in=reader.posts, **here))
    return cases.filter(
        Q(edition__in=whole)
        | (sighted if some else Q())
        | part
        | Q(file__in=sorted({*chain(*called.values())}))
    )


def sees(fold: Folded, reader: Reader) -> bool:
    """The same answer for one file that is at hand.

    Whoever complains sees his own, which is for `intake` to say by number and code; no list holds a file for him.
    """
    if reader.person == OUTSIDER:
        return has_complainant(fold.case)
    if not reader.present or stays_out(fold, reader):
        return False
    posts = reader.posts
    if EVERY_FILE.allows(posts) or reader.person in parts(fold):
        return True
    procedure = fold.procedure
    seeing = [post for post in procedure.posts.values() if open_to(fold.case, post.name)]
    if any(not post.external and post.name in posts for post in seeing):
        return True
    called = [post.name for post in seeing if post.last_resort in posts]
    return any(left_alone(fold.case, post, reader.directory, reader.now) for post in called)


def kept_out(organisation: str, files: Iterable[str]) -> dict[str, Apart]:
    """By file, the persons and units that have to stay out of it."""
    rows: dict[str, list[ApartRow]] = defaultdict(list)
    for row in ApartRow.objects.filter(organisation=organisation, file__in=sorted(files)):
        rows[row.file].append(row)
    return {
        file: Apart(
            frozenset(row.person for row in apart_rows if row.person),
            frozenset(row.unit for row in apart_rows if row.unit),
        )
        for file, apart_rows in rows.items()
    }


def hidden_from(files: Iterable[str], reader: Reader) -> set[str]:
    """Those of the files from which this person, or a unit of his, has to stay out."""
    mine = Q(person=reader.person) | Q(unit__in=[unit for unit in reader.units if unit])
    rows = ApartRow.objects.filter(mine, organisation=reader.organisation, file__in=list(files), hides=True)
    return set(rows.values_list("file", flat=True))


def stays_out(fold: Folded, reader: Reader) -> bool:
    """Whether a file is hidden from a person because he, or a unit of his, has to stay out of it."""
    out = kept_apart(fold)
    return reader.person in out.persons or bool(out.units.intersection(reader.units))


def _editions(directory: Directory, posts: frozenset[str]) -> tuple[list[str], list[str]]:
    """Editions of which these posts see every file, and those of which they see the files that “see” rules open."""
    organisation = directory.organisation.organisation
    whole, some = [], []
    every = (one for editions in directory.editions.values() for one in editions)
    for edition, procedure in read_of(organisation, every):
        inside = {post.name for post in procedure.posts.values() if not post.external} & posts
        if inside - procedure.confined.keys():
            whole.append(edition.digest)
        elif inside:
            some.append(edition.digest)
    return whole, some


def resorts(reader: Reader) -> dict[str, list[str]]:
    """By post, the files in which a post of the reader is the last resort that is called upon: nobody else is left.

    One statement as a rule, however many posts there are: mostly nobody has to stay out of anything.
    """
    directory = reader.directory
    posts = {
        (edition.digest, post.name): directory.acting(post.name, reader.now)
        for editions in directory.editions.values()
        for edition, procedure in read_of(reader.organisation, editions)
        for post in procedure.posts.values()
        if post.last_resort in reader.posts
    }
    kept = _kept_out_of_files(reader, {person for acting in posts.values() for person in acting})
    left = {
        place: [file for file, persons in kept.items() if persons.issuperset(acting)]
        for place, acting in posts.items()
        if acting
    }
    called = defaultdict[str, list[str]](list)
    for (edition, post), files in left.items():
        if files:
            called[post] += _open_files(reader.organisation, edition, post, files)
    return called


def _kept_out_of_files(reader: Reader, persons: set[str]) -> dict[str, set[str]]:
    """By file, those of the persons who have to stay out of it, by name or with their unit."""
    kept: dict[str, set[str]] = defaultdict(set)
    if not persons:
        return kept
    units = {person: set(reader.directory.units_above(person, reader.now)) for person in persons}
    rows = ApartRow.objects.filter(
        Q(person__in=persons) | Q(unit__in=set().union(*units.values())), organisation=reader.organisation
    )
    for row in rows:
        kept[row.file] |= {person for person in persons if person == row.person or row.unit in units[person]}
    return kept


def _open_files(organisation: str, edition: str, post: str, files: list[str]) -> list[str]:
    """Those of the files that are judged by this edition and open to this post."""
    rows = CaseRow.objects.filter(organisation=organisation, edition=edition, file__in=files)
    if post in procedure_by_digest(organisation, edition).confined:
        open_ = SightRow.objects.filter(organisation=organisation, post=post, file=OuterRef("file"))
        rows = rows.filter(Exists(open_))
    return list(rows.values_list("file", flat=True))
