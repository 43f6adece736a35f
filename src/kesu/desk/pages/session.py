"""Everything round a session: signing out, another organisation, another language, the lock, the password, where else one is signed in."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kesu.people.directory import directory_of
from kesu.people.models import User
from kesu.people.permissions import SESSION, SIGN_IN, stands_under
from kesu.people.second_factor import is_on
from kesu.people.sign_in import persons_of, set_password

from ..frame.page import page
from ..frame.render import THEME, THEMES, render
from ..own.registers import by
from ..who.access import SESSION_ENDED, address_of, note_access
from ..who.door import TryAgain, admitted
from ..who.here import ORGANISATION, Here, present
from ..who.idle import touch
from ..who.sessions import end_sessions, sessions_of
from ..who.way_back import way_back
from .sign_in import speak

KEPT = "kept."

A_YEAR: Final = 366 * 24 * 3600  # seconds


@require_POST
@stands_under(SIGN_IN)
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session and everything kept in it."""
    logout(request)
    answer = redirect("sign in")
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@require_POST
@stands_under(SIGN_IN)
def language(request: HttpRequest) -> HttpResponse:
    """The other language, for this browser and for the person's next sign-in."""
    wanted = "en" if request.POST.get("language") == "en" else "zh"
    if isinstance(request.user, User):
        request.user.language = wanted
        request.user.save(update_fields=["language"])
    answer = redirect(way_back(request))
    speak(answer, wanted)
    return answer


@require_POST
@stands_under(SIGN_IN)
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark or as the system wishes, for this browser."""
    answer = redirect(way_back(request))
    wanted = request.POST.get(THEME, "")
    if wanted in THEMES:
        answer.set_cookie(THEME, wanted, max_age=A_YEAR, samesite="Lax", secure=request.is_secure())
    else:
        answer.delete_cookie(THEME, samesite="Lax")
    return answer


@require_http_methods(["GET", "POST"])
@stands_under(SESSION)
def choose(request: HttpRequest) -> HttpResponse:
    """Which organisation, for a sign-in that several know. One that does not know him is not chosen; the question comes again."""
    if not isinstance(request.user, User):
        return redirect("sign in")
    mine = persons_of(request.user)
    wanted = request.POST.get("organisation")
    if any(person.organisation == wanted for person in mine):
        request.session[ORGANISATION] = wanted
        return redirect("work")
    houses = [(person.organisation, directory_of(person.organisation).organisation.title) for person in mine]
    return render(request, None, "choose.html", houses=houses)


@require_POST
@stands_under(SESSION)
def unlock(request: HttpRequest) -> HttpResponse:
    """Opens the screen again; what was typed is put before the person, who sends it himself.

    In this order: signed in; the try is looked at, after a pause where many were wrong (else 429); the password (else 401).
    What was typed is kept. The path leads only to this site.
    """
    if not isinstance(request.user, User):
        return redirect("sign in")
    path = way_back(request, "path")
    sent = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    typed = [(name.removeprefix(KEPT), value) for name, value in sent if name.startswith(KEPT)]
    kept = bool(request.POST.get("was-sent"))
    context = {"path": path, "typed": typed, "kept": kept, "user": request.user, "wrong": False, "wait": 0}
    try:
        given = request.POST.get("password", "")
        if admitted(request.user, given, address=address_of(request), now=present()) is None:
            return render(request, None, "locked.html", status=401, **context | {"wrong": True})
    except TryAgain as later:
        return render(request, None, "locked.html", status=429, **context | {"wait": later.seconds})
    touch(request, now=present())
    return render(request, None, "resume.html", path=path, typed=typed) if kept else redirect(path)


@require_http_methods(["GET", "POST"])
@page(SESSION)
def sessions(request: HttpRequest, here: Here) -> HttpResponse:
    """Where one is signed in oneself. POST signs out in one of the other browsers, or without one in all of them."""
    own = request.session.session_key
    if request.method == "POST":
        if end_sessions(here.user, row=request.POST.get("session") or None, but=own):
            note_access(request, SESSION_ENDED, file=f"person/{here.person}", **by(here))
        messages.success(request, _("Signed out there."))
        return redirect("sessions")
    listed = sorted(
        ((one, one.is_of(own)) for one in sessions_of(here.user)), key=lambda shown: not shown[1]
    )  # this browser first
    accounts = [(one, one.name in here.user.identities) for one in settings.PROVIDERS.values()]
    context: dict[str, Any] = {"sessions": listed, "has_second": is_on(here.user), "accounts": accounts}
    return render(request, here, "sessions.html", **context)


@require_http_methods(["GET", "POST"])
@page(SESSION)
def password(request: HttpRequest, here: Here) -> HttpResponse:
    """A new password. The old one, both new ones alike, and the rules of passwords are looked at together (else 422)."""
    if request.method == "GET":
        return render(request, here, "password.html", errors={}, changed=False)
    errors = _wrong_password(here.user, request)
    if errors:
        return render(request, here, "password.html", status=422, errors=errors, changed=False)
    set_password(here.user, request.POST["new"])
    update_session_auth_hash(request, here.user)
    return render(request, here, "password.html", errors={}, changed=True)


def _wrong_password(user: User, request: HttpRequest) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    new = request.POST.get("new", "")
    try:
        given = request.POST.get("old", "")
        if admitted(user, given, address=address_of(request), now=present()) is None:
            errors["old"] = [_("This is not the present password.")]
    except TryAgain as later:
        errors["old"] = [
            _("Other tries are being looked at. Try again in %(n)s seconds.") % {"n": later.seconds}
        ]
    if new != request.POST.get("again", ""):
        errors["again"] = [_("The two new passwords differ.")]
    try:
        validate_password(new, user)
    except ValidationError as wrong:
        errors["new"] = list(wrong.messages)
    return errors
