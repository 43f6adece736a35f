"""人员 → 新密码: the administrator gives somebody a password for one sign-in, after which he has to choose his own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kesu.people.first_password import drawn
from kesu.people.models import Person, User
from kesu.people.permissions import KEEP_PERSONS
from kesu.people.sign_in import persons_of, set_password

from ..case.around import persons
from ..frame.page import page
from ..frame.render import render
from ..who.access import PASSWORD_GIVEN, note_access
from ..who.here import Here


@require_http_methods(["GET", "POST"])
@page(KEEP_PERSONS)
def new_password(request: HttpRequest, here: Here) -> HttpResponse:
    """The person is one of this organisation with a sign-in that no other organisation knows, and not the administrator himself (else 422).

    His sessions end. Who gave it to whom stands in the log of look-ups, written before the password is shown, once.
    """
    key = request.POST.get("person", request.GET.get("person", ""))
    user = _user_of(key, here)
    problem = problem_of(user, here) if request.method == "POST" else ""
    given = ""
    if request.method == "POST" and user is not None and not problem:
        given = drawn()
        note_access(
            request,
            PASSWORD_GIVEN,
            organisation=here.organisation,
            person=here.person,
            file=f"person/{key}",
            now=here.now,
        )
        set_password(user, given, is_due=True)
    return render(
        request,
        here,
        "new_password.html",
        status=422 if problem else 200,
        persons=persons(here),
        chosen=key,
        problem=problem,
        given=given,
        user=user,
    )


def _user_of(key: str, here: Here) -> User | None:
    person = Person.objects.filter(organisation=here.organisation, person=key, left=None).first()
    return person.user if person is not None else None


def problem_of(user: User | None, here: Here) -> str:
    """Why the administrator cannot give this sign-in another password, or take its second factor away; empty where he can."""
    if user is None:
        return _("Choose somebody who has a sign-in.")
    if user == here.user:
        return _("What lets you in yourself you change yourself, with the present password.")
    if any(person.organisation != here.organisation for person in persons_of(user)):
        return _(
            "Another organisation knows this sign-in too; whoever runs the server gives it a new password."
        )
    return ""
