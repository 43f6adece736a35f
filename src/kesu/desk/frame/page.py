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
from kesu.people.permissions import SESSION, Permission

from ..who.here import Here, chosen, here_in, locked_page, present
from ..who.idle import locked
from .render import not_found

View: TypeAlias = Callable[..., HttpResponse]
LONGEST_WAY_BACK = 500  # characters of an address that somebody is led back to after signing in
ROW = "permission"  # the attribute of a view that says under which row of the table it stands


def stands_under(permission: Permission) -> Callable[[View], View]:
    """Marks the row of a view that guards itself; every address has one, and a test walks through them all."""

    def marking(view: View) -> View:
        setattr(view, ROW, permission)
        return view

    return marking


def page(permission: Permission) -> Callable[[View], View]:
    """Only for who is signed in, has an organisation and may; to others it is not there. The view gets `Here`.

    Looked at in this order, before the view: signed in (else to the sign-in, and back from there), an organisation chosen
    (else to the choice), the screen not locked (else 401, and what was typed is kept), a password of one's own (else to its
    choice), the row of the permission (else 404).
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
            if not permission.of_a_file and not here.may(permission):
                return not_found(request, here)
            return view(request, here, **kwargs)

        return guarded

    return opening


def file_page(permission: Permission) -> Callable[[View], View]:
    """The same for one file: the view gets it opened; who does not see it gets the answer for a file that never was.

    The file is opened after all that `page` looks at, and before anything that the view itself looks at.
    """

    def opening(view: View) -> View:
        @page(permission)
        @wraps(view)
        def guarded(request: HttpRequest, here: Here, *, case_id: str, **kwargs: Any) -> HttpResponse:
            case_view = opened(f"case/{case_id}", here)
            if case_view is None:
                note_look(here, f"case/{case_id}")
                return not_found(request, here)
            return view(request, here, case_view, **kwargs)

        return guarded

    return opening


def _here(request: HttpRequest) -> Here | HttpResponse:
    """Who sits at the screen, or where he has to go first."""
    if not request.user.is_authenticated:
        path = request.get_full_path()
        there = {"next": path} if request.method == "GET" and len(path) <= LONGEST_WAY_BACK else {}
        return redirect(f"{reverse('sign in')}?{urlencode(there)}" if there else reverse("sign in"))
    person = chosen(request)
    if person is None:
        return redirect("choose")
    now = present()
    if locked(request, now=now):
        return locked_page(request, kept=request.method == "POST")
    return here_in(request, person, now)
