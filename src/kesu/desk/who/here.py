"""Who sits at the screen: sign-in, organisation, person, posts and the present moment, once for each request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from kesu.caseload.sight.reader import Reader
from kesu.files.drafts import Sender
from kesu.files.uploads import sent
from kesu.ledger.clock_watch import steady_now
from kesu.names import PersonId
from kesu.people.directory import Seat, directory_of
from kesu.people.models import Person, User
from kesu.people.posts import OFFICE_POSTS, seat_said
from kesu.people.sign_in import persons_of
from kesu.reading.text import Lang, Text

ORGANISATION = "organisation"  # the key in the session


def present() -> datetime:
    """The moment of this request; while the clock is set wrong, what it would say if nobody had: nothing is recorded by it."""
    return steady_now()


@dataclass(frozen=True)
class Here(Reader):
    """The reader at this screen, with his sign-in and the language of his request."""

    user: User
    lang: Lang

    @property
    def sender(self) -> Sender:
        """Whose draft a file is that this request brings."""
        return Sender(self.organisation, self.person, self.now)

    def title_of(self, post: str) -> Text:
        """What a post is called here."""
        if post in OFFICE_POSTS:
            return OFFICE_POSTS[post]
        named = (procedure.posts[post].title for procedure in self.procedures if post in procedure.posts)
        return next(named, Text(post, post))

    @cached_property
    def seats_said(self) -> list[Text]:
        """Each post in words, with the person stood in for."""
        return [self._said(seat) for seat in self.seats]

    def _said(self, seat: Seat) -> Text:
        name = self.directory.name_of(seat.behalf) if seat.behalf else None
        return seat_said(self.title_of(seat.post), for_person=name)


def locked_page(request: HttpRequest, sender: Sender) -> HttpResponse:
    """Asks for the password again. What was sent travels along and comes back, its files as drafts of the sender."""
    kept = request.method == "POST"
    path = request.get_full_path()
    came = sent(request, sender).typed.items() if kept else ()
    typed = [(name, value) for name, values in came for value in values if name != "csrfmiddlewaretoken"]
    context = {
        "path": path,
        "typed": typed,
        "user": request.user,
        "wrong": False,
        "wait": 0,
        "here": None,
        "lang": spoken(),
        "theme": "",
        "kept": kept,
    }
    return render(request, "desk/locked.html", context, status=401)


def chosen(request: HttpRequest) -> Person | None:
    """The person that this sign-in is in the chosen organisation; the only one there is needs no choosing."""
    assert isinstance(request.user, User)
    mine = persons_of(request.user)
    if len(mine) == 1:
        return mine[0]
    organisation = request.session.get(ORGANISATION)
    return next((person for person in mine if person.organisation == organisation), None)


def spoken() -> Lang:
    """The language of this request."""
    return "en" if (get_language() or "zh").startswith("en") else "zh"


def here_in(request: HttpRequest, person: Person, now: datetime) -> Here:
    """The signed-in person of an organisation, at this request."""
    assert isinstance(request.user, User)
    return Here(PersonId(person.person), directory_of(person.organisation), now, request.user, spoken())
