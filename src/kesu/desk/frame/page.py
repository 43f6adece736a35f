"""What stands before every page: the row of the table of permissions that opens it, and for a file whether it is seen."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from kesu.caseload.acting.barred import note_look
from kesu.caseload.asking.opened import opened
from kesu.caseload.folded.books import words_of_the_house
from kesu.files.drafts import Sender
from kesu.people.permissions import SESSION, Permission, stands_under
from kesu.people.second_factor import is_demanded, is_on
from kesu.procedure.words import spoken

from ..who.form_drafts import left_by
from ..who.here import Here, chosen, here_in, locked_page, present
from ..who.idle import locked
from .render import not_found
from .signing_in import sign_in_page

View: TypeAlias = Callable[..., HttpResponse]
LONGEST_WAY_BACK = 500  # characters of an address that somebody is led back to after signing in


def page(permission: Permission) -> Callable[[View], View]:
    """Only for who is signed in, has an organisation and may; to others it is not there. The view gets `Here`.

    Looked at in this order, before the view: signed in (else to the sign-in, and back from there;
    what a form of ours brings is kept for whoever had opened it), an organisation chosen
    (else to the choice), the screen not locked (else 401, and what was typed is kept), a password of one's own (else to its
    choice), a second factor where his post has to have one (else to where it is set up), the row of the permission (else 404).
    """

    def opening(view: View) -> View:
        @stands_under(permission)
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            here = _here(request)
            if isinstance(here, HttpResponse):
                return here
            if here.user.password_due and permission is not SESSION:
                return redirect("password")
            if permission is not SESSION and _owes_a_second_factor(here):
                return redirect("second factor")
            if not permission.of_a_file and not here.may(permission):
                return not_found(request, here)
            with spoken(words_of_the_house(here.directory)):
                return view(request, here, **kwargs)

        return guarded

    return opening


def file_page(permission: Permission, *, source: bool = False) -> Callable[[View], View]:
    """The same for one file: the view gets it opened; who does not see it gets the answer for a file that never was.

    With `source` it may name one whose name is kept secret, to whoever has put on record why he looks.
    The file is opened after all that `page` looks at, and before anything that the view itself looks at.
    """

    def opening(view: View) -> View:
        @page(permission)
        @wraps(view)
        def guarded(request: HttpRequest, here: Here, *, case_id: str, **kwargs: Any) -> HttpResponse:
            case_view = opened(f"case/{case_id}", here, source=source)
            if case_view is None:
                note_look(here, f"case/{case_id}")
                return not_found(request, here)
            with spoken(case_view.case.words):
                return view(request, here, case_view, **kwargs)

        return guarded

    return opening


def _owes_a_second_factor(here: Here) -> bool:
    """Whether he has to set one up before anything else; whoever enters the demo by a click has no password to stand beside it."""
    if is_on(here.user) or not here.user.has_usable_password():
        return False
    return is_demanded(here.directory, here.person, here.now)


def _here(request: HttpRequest) -> Here | HttpResponse:
    """Who sits at the screen, or where he has to go first."""
    if not request.user.is_authenticated:
        if (left := left_by(request, now=present())) is not None:
            return sign_in_page(request, status=401, left=left)
        path = request.get_full_path()
        there = {"next": path} if request.method == "GET" and len(path) <= LONGEST_WAY_BACK else {}
        return redirect(f"{reverse('sign in')}?{urlencode(there)}" if there else reverse("sign in"))
    person = chosen(request)
    if person is None:
        return redirect("choose")
    now = present()
    if locked(request, now=now):
        return locked_page(request, Sender(person.organisation, person.person, now))
    return here_in(request, person, now)
