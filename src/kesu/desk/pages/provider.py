"""Signing in by an account elsewhere, and joining such an account to one's own sign-in."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kesu.people.models import User
from kesu.people.permissions import SESSION, SIGN_IN, stands_under
from kesu.people.provider import Provider
from kesu.people.providers import NotTold, join, part, provider_called, sent_to, told_by, user_at
from kesu.people.sign_in import persons_of

from ..case.signing import wrong_password
from ..frame.page import page
from ..frame.render import not_found, render
from ..frame.signing_in import sign_in_page
from ..own.registers import by
from ..who.access import BY_PROVIDER, JOINED, PARTED, address_of, note_access
from ..who.here import Here, present, spoken
from ..who.way_back import ours_alone
from .sign_in import let_in

NEXT, JOINING = "after the provider", "joining a provider"  # keys in the session
WITHIN: Final = timedelta(minutes=10)  # from the password to the account that is joined

log = logging.getLogger(__name__)


@require_GET
@stands_under(SIGN_IN)
def by_provider(request: HttpRequest, provider: str) -> HttpResponse:
    """Leads to the provider (404 for one that is not set); back to the sign-in, in words, where it cannot be reached."""
    chosen = provider_called(provider)
    if chosen is None:
        return not_found(request, None)
    request.session[NEXT] = ours_alone(request, request.GET.get("next", "/"))
    there = request.build_absolute_uri(reverse("back from provider", args=[provider]))
    try:
        return sent_to(chosen, request, there)
    except NotTold as wrong:
        return _refused(request, chosen, wrong)


@require_GET
@stands_under(SIGN_IN)
def back(request: HttpRequest, provider: str) -> HttpResponse:
    """From the provider: whoever began to join it has joined it; else who it was joined to is let in, as by a password.

    In this order: what came back holds (else 401); for joining, it is the same person still, and nobody else's account; for
    signing in, somebody has joined it (else 403). Nobody is made by it.
    """
    chosen = provider_called(provider)
    if chosen is None:
        return not_found(request, None)
    there, joining = request.session.pop(NEXT, "/"), request.session.pop(JOINING, None)
    try:
        told = told_by(chosen, request)
    except NotTold as wrong:
        return _refused(request, chosen, wrong)
    if joining is not None:
        return _joined(request, chosen, joining, told.subject)
    user = user_at(chosen, told)
    if user is None:
        log.warning("an account of %s that is joined to nobody, from %s", chosen.name, address_of(request))
        said = _(
            "Nobody here has joined this account (%(title)s). Sign in by your password, then join it under “Signing in”."
        )
        return sign_in_page(request, status=403, stranger=said % {"title": chosen.caption.in_(spoken())})
    return let_in(request, user, also=[BY_PROVIDER + chosen.name], there=there)


@require_http_methods(["GET", "POST"])
@page(SESSION)
def joining(request: HttpRequest, here: Here, provider: str) -> HttpResponse:
    """Joins an account, or parts it. In this order: the provider is set (else 404); the password (else 422).

    To join it one goes on to the provider by a link, which a form may not lead to.
    """
    chosen = provider_called(provider)
    if chosen is None:
        return not_found(request, here)
    is_joined = chosen.name in here.user.identities
    problem, goes_on = "", False
    if request.method == "POST":
        wrong = wrong_password(request, here)
        if wrong is not None:
            problem = _("Your password: %(wrong)s.") % {"wrong": wrong.in_(here.lang)}
        elif is_joined:
            part(here.user, chosen.name)
            note_access(request, PARTED, **by(here))
            messages.success(request, _("This account lets you in no more."))
            return redirect("sessions")
        else:
            request.session[JOINING] = {"user": here.user.pk, "since": present().isoformat()}
            goes_on = True
    return render(
        request, here, "join_provider.html", status=422 if problem else 200, chosen=chosen, is_joined=is_joined,
        problem=problem, goes_on=goes_on,
    )  # fmt: skip


def _joined(request: HttpRequest, chosen: Provider, begun: dict[str, object], subject: str) -> HttpResponse:
    user, since = request.user, datetime.fromisoformat(str(begun["since"]))
    if not isinstance(user, User) or user.pk != begun["user"] or present() - since > WITHIN:
        return redirect("sessions")
    if join(user, chosen, subject):
        for person in persons_of(user):
            note_access(
                request, JOINED, organisation=person.organisation, person=person.person, now=present()
            )
        messages.success(request, _("From now on this account lets you in as well."))
    else:
        messages.error(request, _("This account lets in somebody else here; it was not joined."))
    return redirect("sessions")


def _refused(request: HttpRequest, chosen: Provider, wrong: NotTold) -> HttpResponse:
    log.warning("%s did not tell who it is: %s, from %s", chosen.name, wrong, address_of(request))
    said = _("%(title)s did not confirm who you are. Try again, or sign in by your password.")
    return sign_in_page(request, status=401, stranger=said % {"title": chosen.caption.in_(spoken())})
