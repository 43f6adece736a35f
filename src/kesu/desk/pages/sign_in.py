"""Signing in by user name or e-mail address and password; in the demo, by one click."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from kesu.people.models import User
from kesu.people.permissions import SIGN_IN, stands_under
from kesu.people.second_factor import is_on
from kesu.people.sign_in import persons_of

from ..frame.render import not_found, render
from ..frame.signing_in import sign_in_page
from ..who.access import RECOVERY_USED, SIGNED_IN, address_of, note_access
from ..who.demo import demo_persons
from ..who.door import TryAgain, admitted, code_admitted
from ..who.half_in import forget_half_in, half_in, let_half_in, noted_so_far
from ..who.here import present
from ..who.idle import in_demo, touch
from ..who.sessions import note_beginning
from ..who.way_back import way_back


@require_http_methods(["GET", "POST"])
@stands_under(SIGN_IN)
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form, and what became of it. A wrong name and a wrong password are answered alike.

    In this order: the try is looked at, after a pause where many were wrong (else 429); name and password belong together (else
    401); where the sign-in has a second factor, its code is asked on the next page; then the sign-in is written down.
    """
    if request.method == "GET":
        return sign_in_page(request)
    name, password = request.POST.get("username", ""), request.POST.get("password", "")
    try:
        user = admitted(name, password, address=address_of(request), now=present())
    except TryAgain as later:
        return sign_in_page(request, status=429, wait=later.seconds)
    return sign_in_page(request, status=401, wrong=True) if user is None else let_in(request, user)


@require_http_methods(["GET", "POST"])
@stands_under(SIGN_IN)
def second_code(request: HttpRequest) -> HttpResponse:
    """The code of the second factor, for whoever has given his password in this browser just now (else back to the sign-in).

    In this order: the try is looked at, after a pause where many were wrong (else 429); the code opens (else 401), once.
    """
    user = half_in(request, now=present())
    if user is None:
        forget_half_in(request)
        return redirect("sign in")
    there = request.POST.get("next") or request.GET.get("next") or ""
    context: dict[str, Any] = {"user": user, "next": there, "wrong": False, "wait": 0}
    if request.method == "GET":
        return render(request, None, "second_code.html", **context)
    code = request.POST.get("code", "")
    try:
        by = code_admitted(user, code, address=address_of(request), now=present())
    except TryAgain as later:
        return render(request, None, "second_code.html", status=429, **context | {"wait": later.seconds})
    if by is None:
        return render(request, None, "second_code.html", status=401, **context | {"wrong": True})
    also = [*noted_so_far(request), *([RECOVERY_USED] if by == "recovery" else [])]
    return _enter(request, user, also, way_back(request))


def let_in(
    request: HttpRequest, user: User, *, also: Sequence[str] = (), there: str | None = None
) -> HttpResponse:
    """Whoever has shown who he is: signed in, or asked for the code of his second factor first.

    `also` are lines of the log beside that of the sign-in; `there` a path of this site (else the one that the form brought).
    """
    there = there or way_back(request)
    if not is_on(user):
        return _enter(request, user, also, there)
    let_half_in(request, user, also=also, now=present())
    return redirect(f"{reverse('sign in code')}?{urlencode({'next': there})}")


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
    return _enter(request, person.user, (), way_back(request))


def _enter(request: HttpRequest, user: User, also: Sequence[str], there: str) -> HttpResponse:
    forget_half_in(request)
    login(request, user, backend="kesu.people.sign_in.ByNameOrEmail")
    touch(request, now=present())
    note_beginning(request, now=present())
    for person in persons_of(user):
        for what in (SIGNED_IN, *also):
            note_access(request, what, organisation=person.organisation, person=person.person, now=present())
    answer = redirect(there)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        speak(answer, user.language)
    return answer


def speak(answer: HttpResponseRedirect | HttpResponse, language: str) -> None:
    """Remembers the language of this browser."""
    code = "en" if language == "en" else "zh-hans"
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 86400, httponly=True, samesite="Lax")
