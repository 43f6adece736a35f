"""The persons that the demo offers to sign in as."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kesu.caseload.folded.books import in_force
from kesu.people.directory import directory_of
from kesu.people.models import Organisation, Person, User
from kesu.people.posts import OFFICE_POSTS
from kesu.reading.text import Text, listed


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody to sign in as, with what he is."""

    key: str
    user: User
    name: str
    organisation: str
    posts: Text


def demo_persons(now: datetime) -> list[DemoPerson]:
    """Everybody who has a sign-in without a password and a post, by organisation, in the order of the posts.

    Whoever was given a password asks for it, in the demo too.
    """
    persons: list[DemoPerson] = []
    for house in Organisation.objects.order_by("id"):  # as they were loaded: the most told first
        persons += _of(house, now)
    return persons


def _of(house: Organisation, now: datetime) -> list[DemoPerson]:
    directory = directory_of(house.organisation)
    titles = {
        name: post.title for procedure in in_force(directory, now) for name, post in procedure.posts.items()
    }
    titles |= OFFICE_POSTS
    order = {name: place for place, name in enumerate(titles)}
    people = Person.objects.filter(organisation=house.organisation, left=None, user__is_active=True)
    rows = []
    for person in people.select_related("user").order_by("id"):
        posts = [seat.post for seat in directory.seats_of(person.person, now)]
        if posts and person.user is not None and not person.user.has_usable_password():
            held = [titles.get(post, Text(post, post)) for post in dict.fromkeys(posts)]
            what = Text(
                listed([batch.zh for batch in held], "zh"), listed([batch.en for batch in held], "en")
            )
            place = min(order.get(post, len(order)) for post in posts)
            rows.append((place, DemoPerson(person.person, person.user, person.name, house.title, what)))
    return [one for _, one in sorted(rows, key=lambda row: row[0])]
