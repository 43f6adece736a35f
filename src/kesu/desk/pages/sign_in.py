"""Signing in by user name or e-mail address and password; in the demo, by one click."""

from __future__ import annotations

from itertools import groupby

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from kesu.people.models import User
from kesu.people.permissions import SIGN_IN
from kesu.people.sign_in import persons_of

from ..frame.page import stands_under
from ..frame.render import not_found, render
from ..who.access import SIGNED_IN, address_of, note_access
from ..who.demo import demo_persons
from ..who.door import TryAgain, admitted
from ..who.here import present
from ..who.idle import in_demo, touch


@require_http_methods(["GET", "POST"])
@stands_under(SIGN_IN)
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form, and what became of it. A wrong name and a wrong password are answered alike.

    In this order: the try is looked at, after a pause where many were wrong (else 429); name and password belong together (else
    401); then the sign-in is written down.
    """
    if request.method == "GET":
        return _form(request)
    name, password = request.POST.get("username", ""), request.POST.get("password", "")
    try:
        user = admitted(name, password, address=address_of(request), now=present())
    except TryAgain as later:
        return _form(request, status=429, wait=later.seconds)
    return _form(request, status=401, wrong=True) if user is None else _enter(request, user)


@require_POST
@stands_under(SIGN_IN)
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """One click; only in the demo at this machine, and only for persons without a password (404 for anybody else)."""
    if not in_demo(request):
        return not_found(request, None)
    wanted = request.POST.get("person", "")
    person = next((person for person in demo_persons(present()) if person.key == wanted), None)
    if person is None:
        return not_found(request, None)
    return _enter(request, person.user)


def _form(request: HttpRequest, *, status: int = 200, wrong: bool = False, wait: int = 0) -> HttpResponse:
    people = demo_persons(present()) if in_demo(request) else []
    houses = [
        (title, list(persons)) for title, persons in groupby(people, lambda person: person.organisation)
    ]
    there = request.POST.get("next") or request.GET.get("next") or ""
    typed = request.POST.get("username", "")
    context = {"houses": houses, "next": there, "typed": typed, "wrong": wrong, "wait": wait}
    answer = render(request, None, "sign_in.html", status=status, **context)
    if wait:
        answer["Retry-After"] = str(wait)
    return answer


def _enter(request: HttpRequest, user: User) -> HttpResponse:
    login(request, user, backend="kesu.people.sign_in.ByNameOrEmail")
    touch(request, now=present())
    for person in persons_of(user):
        note_access(request, SIGNED_IN, organisation=person.organisation, person=person.person, now=present())
    answer = redirect(_safe(request))
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        speak(answer, user.language)
    return answer


def _safe(request: HttpRequest) -> str:
    there = request.POST.get("next", "")
    return there if url_has_allowed_host_and_scheme(there, allowed_hosts={request.get_host()}) else "/"


def speak(answer: HttpResponseRedirect | HttpResponse, language: str) -> None:
    """Remembers the language of this browser."""
    code = "en" if language == "en" else "zh-hans"
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 86400, httponly=True, samesite="Lax")
