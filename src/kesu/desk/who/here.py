"""Who sits at the screen: sign-in, organisation, person, posts and the present moment, once for each request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language

from kesu.people.directory import Directory, Seat, directory_of
from kesu.people.models import Person, User
from kesu.people.posts import OFFICE_POSTS
from kesu.people.sign_in import persons_of
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Lang, Text

from .books import in_force
from .idle import locked

ORGANISATION = "organisation"  # the key in the session


def present() -> datetime:
    """The moment of this request (tests put another one here)."""
    return timezone.now()


@dataclass(frozen=True)
class Here:
    """One person of one organisation, now."""

    user: User
    person: str
    directory: Directory
    now: datetime
    lang: Lang

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
    def seats(self) -> list[Seat]:
        """The posts the person can act in now."""
        return self.directory.seats_of(self.person, self.now)

    @cached_property
    def posts(self) -> frozenset[str]:
        """The names of these posts."""
        return frozenset(one.post for one in self.seats)

    @cached_property
    def procedures(self) -> list[Procedure]:
        """The procedures in force."""
        return in_force(self.directory, self.now)

    @cached_property
    def handles_cases(self) -> bool:
        """Whether one of the posts belongs to a procedure."""
        return any(self.posts & set(procedure.posts) for procedure in self.procedures)

    def holds(self, *posts: str) -> bool:
        """Whether the person can act in one of these posts."""
        return bool(self.posts.intersection(posts))

    def title_of(self, post: str) -> Text:
        """What a post is called here."""
        if post in OFFICE_POSTS:
            return OFFICE_POSTS[post]
        named = (procedure.posts[post].title for procedure in self.procedures if post in procedure.posts)
        return next(named, Text(post, post))

    @cached_property
    def standings_said(self) -> list[Text]:
        """Each post in words, with the person stood in for."""
        return [self._said(one) for one in self.seats]

    def _said(self, one: Seat) -> Text:
        title = self.title_of(one.post)
        if one.behalf is None:
            return title
        name = self.directory.name_of(one.behalf)
        return Text(f"代{name}任{title.zh}", f"{title.en}, standing in for {name}")


P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, Here, P], HttpResponse]


def page(view: Page[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Only for people who are signed in and have an organisation; the view gets `Here`."""

    @wraps(view)
    def shown(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            there = {"next": request.get_full_path()} if request.method == "GET" else {}
            return redirect(f"{reverse('sign in')}?{urlencode(there)}" if there else reverse("sign in"))
        found = chosen(request)
        if found is None:
            return redirect("choose")
        now = present()
        if locked(request, now=now):
            return locked_page(request, kept=request.method == "POST")
        here = Here(request.user, found.person, directory_of(found.organisation), now, spoken())
        return view(request, here, *args, **kwargs)

    return shown  # type: ignore[return-value]  # `wraps` keeps the name, not the signature


def locked_page(request: HttpRequest, *, kept: bool, wrong: bool = False) -> HttpResponse:
    """Asks for the password again. What was typed travels along and comes back."""
    path = request.get_full_path()
    sent = [(name, value) for name in request.POST for value in request.POST.getlist(name)] if kept else []
    typed = [(name, value) for name, value in sent if name != "csrfmiddlewaretoken"]
    context = {
        "path": path,
        "typed": typed,
        "user": request.user,
        "wrong": wrong,
        "lang": spoken(),
        "kept": kept,
    }
    return render(request, "desk/locked.html", context, status=401)


def chosen(request: HttpRequest) -> Person | None:
    """The person that this sign-in is in the chosen organisation; the only one there is needs no choosing."""
    assert isinstance(request.user, User)
    mine = persons_of(request.user)
    if len(mine) == 1:
        return mine[0]
    said = request.session.get(ORGANISATION)
    return next((one for one in mine if one.organisation == said), None)


def spoken() -> Lang:
    """The language of this request."""
    return "en" if (get_language() or "zh").startswith("en") else "zh"


def watches_here(here: Here) -> bool:
    """Whether any procedure in force counts over many cases."""
    return any(one.watches for one in here.procedures)
