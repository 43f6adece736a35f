"""两步登录: somebody sets up the code that is asked beside his password, draws recovery codes, gives it up; and who has to have it."""

from __future__ import annotations

from uuid import uuid4

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from markupsafe import Markup

from kesu.people import second_factor as second
from kesu.people.models import Person
from kesu.people.permissions import KEEP_PERSONS, SESSION
from kesu.people.second_factor import is_demanded, is_on, posts_demanded
from kesu.registry.second_factor import demand_of

from ..case.signing import wrong_password
from ..frame.page import page
from ..frame.render import render
from ..own.posts import post_titles
from ..own.registers import LONGEST_KEY, answered, by
from ..who.access import SECOND_ENDED, SECOND_SET, address_of, note_access
from ..who.door import TryAgain, code_admitted
from ..who.here import Here, present
from ..who.sessions import end_sessions

PENDING = "second factor to come"  # the key in the session: the sealed secret that an app was shown


@require_http_methods(["GET", "POST"])
@page(SESSION)
def second_factor(request: HttpRequest, here: Here) -> HttpResponse:
    """How it stands. POST begins (the password, else 422), confirms (a code of the app, else 422), draws other recovery codes or
    gives it up (password and code, else 422; not where a post has to have it).

    Recovery codes are shown in the answer, once. Setting it up ends the other sessions.
    """
    match request.POST.get("act"):
        case "begin" if not is_on(here.user):
            return _begun(request, here)
        case "confirm" if not is_on(here.user) and PENDING in request.session:
            return _confirmed(request, here)
        case "codes" if is_on(here.user):
            return _redrawn(request, here)
        case "end" if is_on(here.user):
            return _ended(request, here)
    return _page(request, here)


def _page(
    request: HttpRequest, here: Here, *, secret: str = "", codes: list[str] | None = None, problem: str = ""
) -> HttpResponse:
    house = here.directory.organisation.title
    code = segno.make_qr(second.address_for_app(here.user, secret, house), error="m") if secret else None
    return render(
        request,
        here,
        "second_factor.html",
        status=422 if problem else 200,
        is_on=is_on(here.user),
        left=len(here.user.recovery),
        is_demanded=is_demanded(here.directory, here.person, here.now),
        has_password=here.user.has_usable_password(),
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        picture=Markup(code.svg_inline(scale=4, border=4)) if code else "",
        codes=codes or [],
        problem=problem,
    )


def _begun(request: HttpRequest, here: Here) -> HttpResponse:
    wrong = wrong_password(request, here)
    if wrong is not None:
        return _page(request, here, problem=_("Your password: %(wrong)s.") % {"wrong": wrong.in_(here.lang)})
    secret = second.drawn_secret()
    request.session[PENDING] = second.sealed(secret).decode()
    return _page(request, here, secret=secret)


def _confirmed(request: HttpRequest, here: Here) -> HttpResponse:
    secret = second.opened(request.session[PENDING].encode())
    if secret is None:
        del request.session[PENDING]
        return _page(request, here)
    codes = second.begin(here.user, secret, request.POST.get("code", ""), present())
    if codes is None:
        said = _(
            "This is not the code that the app shows now. Look whether phone and server tell the same time."
        )
        return _page(request, here, secret=secret, problem=said)
    del request.session[PENDING]
    end_sessions(here.user, but=request.session.session_key)
    note_access(request, SECOND_SET, **by(here))
    return _page(request, here, codes=codes)


def _redrawn(request: HttpRequest, here: Here) -> HttpResponse:
    problem = _not_himself(request, here)
    if problem:
        return _page(request, here, problem=problem)
    return _page(request, here, codes=second.new_recovery_codes(here.user))


def _ended(request: HttpRequest, here: Here) -> HttpResponse:
    if is_demanded(here.directory, here.person, here.now):
        return _page(request, here, problem=_("Your post has to have it; it cannot be given up."))
    problem = _not_himself(request, here)
    if problem:
        return _page(request, here, problem=problem)
    second.end(here.user)
    note_access(request, SECOND_ENDED, **by(here))
    messages.success(request, _("No code is asked any more when you sign in."))
    return redirect("second factor")


def _not_himself(request: HttpRequest, here: Here) -> str:
    """What is wrong with password and code, which whoever found an open screen does not have; empty when both are right."""
    wrong = wrong_password(request, here)
    if wrong is not None:
        return _("Your password: %(wrong)s.") % {"wrong": wrong.in_(here.lang)}
    try:
        right = code_admitted(
            here.user, request.POST.get("code", ""), address=address_of(request), now=present()
        )
    except TryAgain as later:
        return _("Other tries are being looked at. Try again in %(n)s seconds.") % {"n": later.seconds}
    here.user.refresh_from_db()
    return "" if right else _("This code does not open. Each code opens once: wait for the next one.")


@require_http_methods(["GET", "POST"])
@page(KEEP_PERSONS)
def who_has_to(request: HttpRequest, here: Here) -> HttpResponse:
    """For which posts it is demanded. POST settles it (422 when the register does not take it); a post that nobody knows is left out."""
    titles = post_titles(here)
    problems: list[str] = []
    chosen = posts_demanded(here.directory)
    if request.method == "POST":
        chosen = frozenset(request.POST.getlist("post")) & frozenset(titles)
        key = request.POST.get("key", "")[:LONGEST_KEY] or uuid4().hex
        answer = answered(lambda: demand_of(chosen, key=key, **by(here)), here)
        if not isinstance(answer, list):
            messages.success(request, _("Recorded."))
            return redirect("who has to")
        problems = answer
    return render(
        request,
        here,
        "second_factor_demanded.html",
        status=422 if problems else 200,
        posts=[(name, title, name in chosen, _without(here, name)) for name, title in titles.items()],
        errors={"": " ".join(problems)} if problems else {},
        key=uuid4().hex,
    )


def _without(here: Here, post: str) -> list[str]:
    """Who holds this post and has not set it up."""
    holders = list(dict.fromkeys(here.directory.holders(post, here.now)))
    rows = Person.objects.filter(organisation=here.organisation, person__in=holders).exclude(user=None)
    return [row.name for row in rows.select_related("user") if row.user is not None and not is_on(row.user)]
